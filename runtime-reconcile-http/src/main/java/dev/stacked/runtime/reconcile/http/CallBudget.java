package dev.stacked.runtime.reconcile.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Time left for one call, counted from its first attempt: queueing behind our own calls does not count. Thread-safe.
 */
final class CallBudget {
    /** An attempt with less time than this is not made: it would only cause load. */
    static final Duration MIN_ATTEMPT = Duration.ofMillis(50);

    private final LongSupplier nanoTime;
    private final Duration total;
    private volatile boolean begun;
    private volatile long end;

    /** @param nanoTime elapsed time, as {@link System#nanoTime()} gives it */
    CallBudget(Duration total, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.total = total;
    }

    /** Starts the time at its first call. Called by one attempt after the other. */
    void begin() {
        if (!begun) {
            end = nanoTime.getAsLong() + total.toNanos();
            begun = true;
        }
    }

    /** The remaining time; never negative. */
    Duration remaining() {
        if (!begun) {
            return total;
        }
        return Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong()));
    }

    /** The timeout or the remaining time, whichever is shorter, but at least {@link #MIN_ATTEMPT}. */
    Duration limit(Duration timeout) {
        Duration left = remaining();
        Duration usable = left.compareTo(MIN_ATTEMPT) < 0 ? MIN_ATTEMPT : left;
        return usable.compareTo(timeout) < 0 ? usable : timeout;
    }

    /** Whether there is time for an attempt after this pause. */
    boolean allowsAttemptAfter(Duration pause) {
        return remaining().compareTo(pause.plus(MIN_ATTEMPT)) >= 0;
    }
}
