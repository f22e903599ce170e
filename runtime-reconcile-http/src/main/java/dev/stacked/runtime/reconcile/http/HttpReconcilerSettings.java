package dev.stacked.runtime.reconcile.http;

import java.net.URI;
import java.time.Duration;

/**
 * Address, paths and limits of an HTTP upstream.
 *
 * @param base {@code http} or {@code https}, optionally with a path prefix; without query, fragment and user info
 * @param stackPath path of the stack document, with {@code {stackId}} as a whole segment
 * @param reconcilePath path of a stage's reconcile, with {@code {stackId}} and {@code {stageId}} as whole segments
 * @param timeout of one attempt, from connecting to the last byte of the body
 * @param retryAttempts maximum number of attempts per call, the first one included
 * @param concurrency maximum number of concurrent attempts, over all stacks
 */
public record HttpReconcilerSettings(
        URI base, String stackPath, String reconcilePath, Duration timeout, int retryAttempts, int concurrency) {
    /** Default path of the stack document. */
    public static final String DEFAULT_STACK_PATH = "/api/stacks/{stackId}";
    /** Default path of the reconcile. */
    public static final String DEFAULT_RECONCILE_PATH =
            "/api/stacks/{stackId}/stages/{stageId}/implementation/reconcile";
    /** Default timeout of one attempt. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    /** Default number of attempts. */
    public static final int DEFAULT_RETRY_ATTEMPTS = 3;
    /** Default number of concurrent attempts. */
    public static final int DEFAULT_CONCURRENCY = 16;

    static final String STACK_ID = "stackId";
    static final String STAGE_ID = "stageId";

    private static final Duration MAX_DURATION = Duration.ofDays(1);

    /** @throws IllegalArgumentException naming the value and the rule that is broken */
    public HttpReconcilerSettings {
        base = withoutTrailingSlash(requireBase(base));
        PathTemplate.parse("stackPath", stackPath, STACK_ID);
        PathTemplate.parse("reconcilePath", reconcilePath, STACK_ID, STAGE_ID);
        requireDuration("timeout", timeout);
        require(retryAttempts >= 1, "retryAttempts must be at least 1; it is " + retryAttempts + ".");
        require(concurrency >= 1, "concurrency must be at least 1; it is " + concurrency + ".");
    }

    /** The defaults for an upstream. */
    public static HttpReconcilerSettings of(URI base) {
        return new HttpReconcilerSettings(
                base,
                DEFAULT_STACK_PATH,
                DEFAULT_RECONCILE_PATH,
                DEFAULT_TIMEOUT,
                DEFAULT_RETRY_ATTEMPTS,
                DEFAULT_CONCURRENCY);
    }

    /** @throws IllegalArgumentException if it cannot be the path of a batch */
    static PathTemplate batchRoute(String path) {
        return PathTemplate.parse("batchPath", path, STACK_ID);
    }

    PathTemplate stackRoute() {
        return PathTemplate.parse("stackPath", stackPath, STACK_ID);
    }

    PathTemplate reconcileRoute() {
        return PathTemplate.parse("reconcilePath", reconcilePath, STACK_ID, STAGE_ID);
    }

    private static URI requireBase(URI base) {
        String scheme = String.valueOf(base.getScheme());
        require(
                scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"),
                "base must be an http or https URL; its scheme is '" + scheme + "'.");
        // Messages below do not contain the value: these parts may hold passwords and tokens.
        require(base.getRawUserInfo() == null, "base must not hold user info.");
        require(base.getHost() != null, "base must name a valid host.");
        require(
                base.getRawQuery() == null && base.getRawFragment() == null,
                "base must not hold a query or a fragment.");
        return base;
    }

    private static URI withoutTrailingSlash(URI base) {
        return URI.create(base.toString().replaceAll("/+$", ""));
    }

    private static void requireDuration(String name, Duration value) {
        require(
                value.compareTo(Duration.ofMillis(1)) >= 0 && value.compareTo(MAX_DURATION) <= 0,
                name + " must be between 1 ms and " + MAX_DURATION.toDays() + " day; it is " + value + ".");
    }

    private static void require(boolean rule, String message) {
        if (!rule) {
            throw new IllegalArgumentException(message);
        }
    }
}
