package dev.stacked.runtime.reconcile.http;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/** A clock that began in 1970 when it was made: it shows no real time but only rises, for a library that measures. */
final class ElapsedClock extends Clock {
    private final LongSupplier nanoTime;
    private final long start;

    /** @param nanoTime nanoseconds of any origin that only rise */
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
