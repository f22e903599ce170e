package dev.stacked.runtime.core;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Spaces the calls of all stacks evenly, so that the upstream never gets more than a number of them per second. A call
 * reserves the next free moment, so that calls are made in the order in which they were wanted. Thread-safe.
 */
final class UpstreamRate {
    /** No limit. */
    static final int UNLIMITED = 0;

    private final long spacing;
    private final LongSupplier nanoTime;
    private final PollerMeters meters;
    /** Ticker time of the next free moment. */
    private final AtomicLong free;

    /** @param perSecond maximum number of calls in any second, or {@link #UNLIMITED} */
    UpstreamRate(int perSecond, LongSupplier nanoTime, PollerMeters meters) {
        this.spacing = perSecond == UNLIMITED ? 0 : -Math.floorDiv(-TimeUnit.SECONDS.toNanos(1), (long) perSecond);
        this.nanoTime = nanoTime;
        this.meters = meters;
        this.free = new AtomicLong(nanoTime.getAsLong());
    }

    /** Reserves a call; returns how long to wait before it. */
    Duration reserve() {
        if (spacing == 0) {
            return Duration.ZERO;
        }
        long now = nanoTime.getAsLong();
        long before = free.getAndUpdate(moment -> later(moment, now) + spacing);
        Duration wait = Duration.ofNanos(later(before, now) - now);
        meters.waitedForRate(wait);
        return wait;
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }
}
