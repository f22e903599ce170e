package dev.stacked.runtime.reconcile.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/** What is left of the time that one call may take in all. Safe to share between threads. */
final class CallBudget {
    /** An attempt that gets less time than this is not worth making: it would only be load. */
    static final Duration SHORTEST_ATTEMPT = Duration.ofMillis(50);

    private final LongSupplier nanoTime;
    private final long end;

    /**
     * Starts now.
     *
     * @param nanoTime nanoseconds that only rise
     */
    CallBudget(Duration budget, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.end = nanoTime.getAsLong() + budget.toNanos();
    }

    /** What is left; never negative. */
    Duration remaining() {
        return Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong()));
    }

    /** Whether an attempt can still be made after this pause. */
    boolean allowsAttemptAfter(Duration pause) {
        return remaining().compareTo(pause.plus(SHORTEST_ATTEMPT)) >= 0;
    }
}
