package dev.stacked.runtime.reconcile.http;

import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.StackId;
import io.github.resilience4j.retry.Retry;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The upstream behind retries, concurrency limit and circuit breaker: {@code retry(limit(breaker(exchange)))}. A call
 * holds a permit only during an attempt, not during pauses. The breaker decides after the wait for the permit, so that
 * its decision is fresh.
 */
final class Upstream {
    /** A call that waits longer for a permit fails. No queue of a server that keeps up takes this long. */
    private static final Duration MAX_QUEUE_TIME = Duration.ofMinutes(1);

    private final HttpReconcilerSettings settings;
    private final ScheduledExecutorService scheduler;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final Retry retry;
    private final ConcurrencyLimit limit;
    private final UpstreamBreaker breaker;
    private final HttpExchange exchange;
    private final UpstreamMeters meters;

    Upstream(
            HttpReconcilerSettings settings,
            HttpClient client,
            ScheduledExecutorService scheduler,
            LongSupplier nanoTime,
            RandomGenerator random,
            UpstreamMeters meters) {
        this.meters = meters;
        this.settings = settings;
        this.scheduler = scheduler;
        this.nanoTime = nanoTime;
        this.random = random;
        this.retry = RetryPolicy.of(settings.retryAttempts(), random);
        this.limit = new ConcurrencyLimit(settings.concurrency(), scheduler);
        this.breaker = new UpstreamBreaker(settings.base(), nanoTime);
        this.exchange = new HttpExchange(client, scheduler);
        meters.watch(breaker, limit::waiting);
    }

    /**
     * Calls the upstream.
     *
     * @return fails with a {@link dev.stacked.runtime.core.ReconcileException}; cancelling it frees its permit and connection
     */
    <T> CompletableFuture<T> call(UpstreamRequest<T> question, StackId stack, CallContext context) {
        CallBudget budget = new CallBudget(settings.callBudget(), nanoTime);
        Attempts<T> attempts =
                new Attempts<>(question, exchange, settings.timeout(), budget, new Trace(stack, context, random));
        Supplier<CompletableFuture<T>> measured =
                meters.measured(question.endpoint(), () -> breaker.call(attempts::next));
        return new RetryingCall<T>(
                        () -> inTurn(context, measured),
                        retry.asyncContext(),
                        budget,
                        scheduler,
                        question.endpoint()::report)
                .start();
    }

    private <T> CompletableFuture<T> inTurn(CallContext context, Supplier<CompletableFuture<T>> attempt) {
        context.suspendDeadline();
        return limit.run(MAX_QUEUE_TIME, () -> {
            context.resumeDeadline();
            return attempt.get();
        });
    }
}
