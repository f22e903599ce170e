package dev.stacked.runtime.app.options;

import java.time.Duration;

/**
 * Where the truth about stacks comes from, and how it may be asked.
 *
 * @param source the server to ask
 * @param stackPath template of the path of a stack document; holds {@code {stackId}}
 * @param reconcilePath template of the path that reconciles a stage; holds {@code {stackId}} and {@code {stageId}}
 * @param timeout how long one call may take
 * @param retryAttempts how often one call is tried in all, from 1
 * @param reconcileConcurrency how many calls may be under way at once, over all stacks
 */
public record UpstreamOptions(
        UpstreamSource source,
        String stackPath,
        String reconcilePath,
        Duration timeout,
        int retryAttempts,
        int reconcileConcurrency) {}
