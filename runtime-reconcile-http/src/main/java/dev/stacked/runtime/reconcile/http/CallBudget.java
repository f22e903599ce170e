package dev.stacked.runtime.reconcile.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What is left of the time that one call may take in all, from its first attempt on: waiting for a turn among our own
 * calls is nothing that the upstream must answer for. Safe to share between threads.
 */
final class CallBudget {
    /** An attempt that gets less time than this is not worth making: it would only be load. */
    static final Duration SHORTEST_ATTEMPT = Duration.ofMillis(50);

    private final LongSupplier nanoTime;
    private final Duration total;
    private volatile boolean begun;
    private volatile long end;

    /** @param nanoTime nanoseconds that only rise */
    CallBudget(Duration total, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.total = total;
    }

    /** From the first of these calls on the time runs. To be called by one attempt after the other. */
    void begin() {
        if (!begun) {
            end = nanoTime.getAsLong() + total.toNanos();
            begun = true;
        }
    }

    /** What is left; never negative. */
    Duration remaining() {
        if (!begun) {
            return total;
        }
        return Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong()));
    }

    /** The timeout, or what is left if that is less; but enough to be worth an attempt that had to wait for its turn. */
    Duration limit(Duration timeout) {
        Duration left = remaining();
        Duration usable = left.compareTo(SHORTEST_ATTEMPT) < 0 ? SHORTEST_ATTEMPT : left;
        return usable.compareTo(timeout) < 0 ? usable : timeout;
    }

    /** Whether an attempt can still be made after this pause. */
    boolean allowsAttemptAfter(Duration pause) {
        return remaining().compareTo(pause.plus(SHORTEST_ATTEMPT)) >= 0;
    }
}
