package dev.stacked.runtime.app.internal.watch;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Time in which the process did not run: stopped by a signal, suspended with its machine, or in a long garbage
 * collection. Afterwards every timer is due at once, and without this correction healthy clients would be disconnected
 * for the server's own silence. Thread-safe.
 *
 * <p>The {@link Watchdog} checks every half second. If more than {@link #MAX_STEP} has passed since the last check, the
 * excess counts as a pause. A timer that checks first after a pause sees it, too.
 */
public final class Pauses {
    /** Maximum time between two checks that does not count as a pause. */
    static final Duration MAX_STEP = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Pauses.class);

    private final LongSupplier nanoTime;
    private long last;
    private volatile long total;

    /** @param nanoTime elapsed time, like {@link System#nanoTime()} */
    public Pauses(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    /** Total of all pauses in nanoseconds, including one that has just ended. */
    public long total() {
        long pause;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            pause = Math.max(0, now - last - MAX_STEP.toNanos());
            last = now;
            total += pause;
        }
        if (pause > 0) {
            LOG.warn("The process was paused for {} ms; connection timeouts do not count this time", pause / 1_000_000);
        }
        return total;
    }

    /** Total of the recorded pauses, in nanoseconds. Costs one field read. */
    public long known() {
        return total;
    }
}
