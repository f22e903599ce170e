package dev.stacked.runtime.core;

import java.util.concurrent.atomic.AtomicLong;

/** The number of events that a subscriber has requested and not received. Any thread may add, one thread takes. */
final class Demand {
    private static final long UNBOUNDED = Long.MAX_VALUE;

    private final AtomicLong requested = new AtomicLong();

    /**
     * Adds to the demand; the sum is capped at {@link Long#MAX_VALUE}, which means unbounded.
     *
     * @param n at least 1
     * @return whether there was no demand before, so that the taking thread may be waiting for it
     */
    boolean add(long n) {
        return requested.getAndAccumulate(n, Demand::capped) == 0;
    }

    private static long capped(long left, long right) {
        long sum = left + right;
        return sum < 0 ? UNBOUNDED : sum;
    }

    boolean isPositive() {
        return requested.get() > 0;
    }

    /** Subtracts one; the demand must be positive. Unbounded demand stays. */
    void take() {
        requested.updateAndGet(left -> left == UNBOUNDED ? left : left - 1);
    }
}
