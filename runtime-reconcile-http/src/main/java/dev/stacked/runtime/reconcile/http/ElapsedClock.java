package dev.stacked.runtime.reconcile.http;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/** A monotonic clock for a library that measures time with a {@link Clock}. It starts in 1970 and shows no real time. */
final class ElapsedClock extends Clock {
    private final LongSupplier nanoTime;
    private final long start;

    /** @param nanoTime elapsed time, as {@link System#nanoTime()} gives it */
    ElapsedClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(nanoTime.getAsLong() - start);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("This clock shows no real time.");
    }
}
