package dev.stacked.runtime.reconcile.http;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Limits concurrent attempts. Others wait in order of arrival, without a thread. A Resilience4j {@link Bulkhead} holds
 * the permits; on its own it rejects or blocks when it is full.
 *
 * <p>The queue needs no bound: the calls of one stack are sequential, so that each stack has one waiter at most, and
 * each waits until its deadline at most. Thread-safe.
 */
final class ConcurrencyLimit {
    /** Waits for a permit. */
    interface Waiter {
        /**
         * Has a permit now. Called once, on the thread that released it; must return at once and not throw.
         *
         * @return whether the permit is used; if not, it goes to the next
         */
        boolean admitted();
    }

    private final Bulkhead bulkhead;
    private final Set<Waiter> waiters = new LinkedHashSet<>();

    ConcurrencyLimit(int permits) {
        BulkheadConfig config = BulkheadConfig.custom()
                .maxConcurrentCalls(permits)
                .maxWaitDuration(Duration.ZERO)
                .build();
        this.bulkhead = Bulkhead.of("upstream", config);
    }

    /** Takes a permit; false if the waiter must wait until it is admitted. */
    synchronized boolean enter(Waiter waiter) {
        if (waiters.isEmpty() && bulkhead.tryAcquirePermission()) {
            return true;
        }
        waiters.add(waiter);
        return false;
    }

    /** Stops waiting; false if the waiter does not wait, since it was admitted. */
    synchronized boolean leave(Waiter waiter) {
        return waiters.remove(waiter);
    }

    /** Passes a permit to the waiter that came first, if any. */
    void release() {
        Waiter next = next();
        while (next != null && !next.admitted()) {
            next = next();
        }
    }

    private synchronized @Nullable Waiter next() {
        if (waiters.isEmpty()) {
            bulkhead.onComplete();
            return null;
        }
        Waiter first = waiters.iterator().next();
        waiters.remove(first);
        return first;
    }

    /** The number of waiters. */
    synchronized int waiting() {
        return waiters.size();
    }
}
