package dev.stacked.runtime.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** A clock that runs faster than time. */
final class QuickClock extends Clock {
    private final Clock real = Clock.systemUTC();
    private final Instant start = real.instant();
    private final int times;

    QuickClock(int times) {
        this.times = times;
    }

    @Override
    public Instant instant() {
        return start.plus(Duration.between(start, real.instant()).multipliedBy(times));
    }

    @Override
    public ZoneId getZone() {
        return real.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("Zones do not matter here.");
    }
}
