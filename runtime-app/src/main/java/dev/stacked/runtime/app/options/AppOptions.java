package dev.stacked.runtime.app.options;

import dev.stacked.runtime.core.StreamSettings;

/**
 * Everything that the app can be told from outside, checked and complete.
 *
 * @param server where it listens and what it grants a connection
 * @param upstream where the truth about stacks comes from
 * @param streams how stacks are polled and streams are kept
 * @param drain how it ends
 */
public record AppOptions(ServerOptions server, UpstreamOptions upstream, StreamSettings streams, DrainOptions drain) {}
