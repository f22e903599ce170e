package dev.stacked.runtime.app.watch;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time in which the process did not run: stopped by a signal, on a machine that slept, or in a long garbage
 * collection. When it goes on, every timer is due at once, and clients that did nothing wrong would be cut off for a
 * silence that was ours. Thread-safe.
 *
 * <p>The {@link Watchdog} asks every half second. If the last question is longer ago than {@link #MAX_STEP}, the rest is
 * a pause. A timer that asks first after a pause sees it too.
 */
public final class Pauses {
    /** What passes between two questions without being a pause. */
    static final Duration MAX_STEP = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Pauses.class);

    private final LongSupplier nanoTime;
    private long last;
    private volatile long total;

    /** @param nanoTime elapsed time, as {@link System#nanoTime()} gives it */
    public Pauses(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    /** All pauses so far in nanoseconds, one that has just ended included. */
    public long total() {
        long pause;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            pause = Math.max(0, now - last - MAX_STEP.toNanos());
            last = now;
            total += pause;
        }
        if (pause > 0) {
            LOG.warn("The process did not run for {} ms; timeouts of connections do not count it", pause / 1_000_000);
        }
        return total;
    }

    /** All pauses that are known, in nanoseconds. Costs one read of a field. */
    public long known() {
        return total;
    }
}
