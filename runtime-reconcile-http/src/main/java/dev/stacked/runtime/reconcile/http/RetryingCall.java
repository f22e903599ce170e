package dev.stacked.runtime.reconcile.http;

import io.github.resilience4j.retry.Retry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One call: it makes attempts until one succeeds, a retry cannot help, or the budget is too small for another.
 * Resilience4j's context decides whether and when to retry; its own loop is not used because it cannot be cancelled.
 */
final class RetryingCall<T> {
    private final Supplier<CompletableFuture<T>> attempts;
    private final Retry.AsyncContext<T> retries;
    private final CallBudget budget;
    private final ScheduledExecutorService scheduler;
    private final UnaryOperator<Throwable> report;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    /**
     * @param attempts makes one attempt, whose failure goes to the retry policy
     * @param scheduler for the pauses
     * @param report turns the last attempt's failure into the call's
     */
    RetryingCall(
            Supplier<CompletableFuture<T>> attempts,
            Retry.AsyncContext<T> retries,
            CallBudget budget,
            ScheduledExecutorService scheduler,
            UnaryOperator<Throwable> report) {
        this.attempts = attempts;
        this.retries = retries;
        this.budget = budget;
        this.scheduler = scheduler;
        this.report = report;
    }

    /** Makes the first attempt. Cancelling the returned future cancels the attempt in progress. */
    CompletableFuture<T> start() {
        attempt();
        return result;
    }

    private void attempt() {
        if (result.isDone()) {
            return;
        }
        CompletableFuture<T> running = Futures.start(attempts);
        Futures.whenDone(running, this::settle);
        Futures.cancelWith(result, running);
    }

    private void settle(@Nullable T value, @Nullable Throwable failure) {
        if (failure == null) {
            retries.onComplete();
            result.complete(value);
            return;
        }
        Throwable cause = Futures.causeOf(failure);
        Duration pause = Duration.ofMillis(retries.onError(cause));
        if (pause.isNegative() || !budget.allowsAttemptAfter(pause)) {
            result.completeExceptionally(report.apply(cause));
        } else {
            attemptAfter(pause);
        }
    }

    private void attemptAfter(Duration pause) {
        try {
            Future<?> timer = scheduler.schedule(this::attempt, pause.toNanos(), TimeUnit.NANOSECONDS);
            Futures.whenDone(result, (value, failure) -> timer.cancel(false));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(report.apply(e));
        }
    }
}
