package dev.stacked.runtime.reconcile.http;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Limits concurrent tasks. Others wait in order of arrival, without a thread. A Resilience4j {@link Bulkhead} holds the
 * permits; on its own it rejects or blocks when it is full.
 *
 * <p>The queue needs no bound: the calls of one stack are sequential, so that each stack has one waiter at most, and
 * each waits only for a limited time. Thread-safe.
 */
final class ConcurrencyLimit {
    private final Bulkhead bulkhead;
    private final ScheduledExecutorService scheduler;
    private final Queue<Waiter<?>> waiters = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requestsToAdmit = new AtomicInteger();

    /** @param scheduler ends waiting */
    ConcurrencyLimit(int permits, ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
        BulkheadConfig config = BulkheadConfig.custom()
                .maxConcurrentCalls(permits)
                .maxWaitDuration(Duration.ZERO)
                .build();
        this.bulkhead = Bulkhead.of("upstream", config);
    }

    /**
     * Runs the task as soon as there is a permit, on this thread or on that of a task that ends.
     *
     * @param task must return at once
     * @return ends as the task does, or with a {@link BulkheadFullException} if there was no room in time. Cancelling it
     *     cancels the task, or its waiting
     */
    <T> CompletableFuture<T> run(Duration longestWait, Supplier<CompletableFuture<T>> task) {
        Waiter<T> waiter = new Waiter<>(task);
        waiters.add(waiter);
        admit();
        if (waiter.isWaiting()) {
            waiter.waitAtMost(longestWait);
        }
        return waiter.result;
    }

    /** The number of waiting tasks. */
    int waiting() {
        return waiters.size();
    }

    /** One thread admits at a time. This keeps the order, and tasks that end at once do not deepen the stack. */
    private void admit() {
        if (requestsToAdmit.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        do {
            admitWaiters();
            seen = requestsToAdmit.addAndGet(-seen);
        } while (seen > 0);
    }

    private void admitWaiters() {
        while (!waiters.isEmpty() && bulkhead.tryAcquirePermission()) {
            Waiter<?> next = waiters.poll();
            if (next == null || !next.start()) {
                bulkhead.releasePermission();
            }
        }
    }

    private final class Waiter<T> {
        private enum State {
            WAITING,
            STARTED,
            LEFT
        }

        private final Supplier<CompletableFuture<T>> task;
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private State state = State.WAITING;

        Waiter(Supplier<CompletableFuture<T>> task) {
            this.task = task;
            Futures.whenDone(result, (value, failure) -> leave());
        }

        synchronized boolean isWaiting() {
            return state == State.WAITING;
        }

        private synchronized boolean moveTo(State next) {
            boolean moves = state == State.WAITING;
            if (moves) {
                state = next;
            }
            return moves;
        }

        /** Uses the permit that the caller holds; false if the task no longer needs it. */
        boolean start() {
            if (result.isDone() || !moveTo(State.STARTED)) {
                return false;
            }
            CompletableFuture<T> running = Futures.start(task);
            Futures.whenDone(running, (value, failure) -> {
                bulkhead.onComplete();
                admit();
                Futures.settle(result, value, failure);
            });
            Futures.cancelWith(result, running);
            return true;
        }

        void waitAtMost(Duration longestWait) {
            Future<?> timer = scheduler.schedule(this::giveUp, longestWait.toNanos(), TimeUnit.NANOSECONDS);
            Futures.whenDone(result, (value, failure) -> timer.cancel(false));
        }

        private void giveUp() {
            if (moveTo(State.LEFT)) {
                waiters.remove(this);
                result.completeExceptionally(BulkheadFullException.createBulkheadFullException(bulkhead));
            }
        }

        private void leave() {
            if (moveTo(State.LEFT)) {
                waiters.remove(this);
            }
        }
    }
}
