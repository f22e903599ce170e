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
 * One call: attempt after attempt until one succeeds, none can help any more, or the budget is too small for the next.
 * Resilience4j's context says whether and when; its own loop is not used because it can't be cancelled.
 */
final class Call<T> {
    private final Supplier<CompletableFuture<T>> attempts;
    private final Retry.AsyncContext<T> retries;
    private final CallBudget budget;
    private final ScheduledExecutorService scheduler;
    private final UnaryOperator<Throwable> report;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    /**
     * @param attempts makes one attempt; its failures are what the retry policy judges
     * @param scheduler for the pauses
     * @param report turns the last attempt's failure into the call's
     */
    Call(
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

    /** Makes the first attempt. Cancelling what it returns ends whatever is under way. */
    CompletableFuture<T> start() {
        attempt();
        return result;
    }

    private void attempt() {
        if (result.isDone()) {
            return;
        }
        CompletableFuture<T> running = Relay.start(attempts);
        Relay.whenDone(running, this::settle);
        Relay.cancelWith(result, running);
    }

    private void settle(@Nullable T value, @Nullable Throwable failure) {
        if (failure == null) {
            retries.onComplete();
            result.complete(value);
            return;
        }
        Throwable cause = Relay.causeOf(failure);
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
            Relay.whenDone(result, (value, failure) -> timer.cancel(false));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(report.apply(e));
        }
    }
}
