package dev.stacked.runtime.transport.undertow;

import java.time.Duration;

/**
 * Allows a number of events per second on average, and ten seconds' worth at once. Its state is the time at which it
 * will be full again. Not thread-safe.
 */
final class TokenBucket {
    private static final long BURST_NANOS = Duration.ofSeconds(10).toNanos();

    private final long nanosPerToken;
    private long fullAt;

    /**
     * A full bucket.
     *
     * @param perSecond at least 1
     * @param now elapsed time in nanoseconds
     */
    TokenBucket(int perSecond, long now) {
        this.nanosPerToken = Duration.ofSeconds(1).toNanos() / perSecond;
        this.fullAt = now;
    }

    /** Takes a token; false if none is left at this time. */
    boolean take(long now) {
        long missing = Math.max(0, fullAt - now);
        if (missing + nanosPerToken > BURST_NANOS) {
            return false;
        }
        fullAt = now + missing + nanosPerToken;
        return true;
    }
}
