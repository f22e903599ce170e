package dev.stacked.runtime.reconcile.http;

import io.github.resilience4j.retry.Retry;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The upstream behind everything that protects it and us: {@code retry(limit(breaker(exchange)))}. A call holds a place
 * among those under way only while an attempt is, not while it pauses; the breaker is asked after the waiting, when its
 * answer is fresh.
 */
final class Upstream {
    /** Longer than any queue of a server that keeps up; a call that waits longer fails. */
    private static final Duration LONGEST_WAIT_FOR_A_TURN = Duration.ofMinutes(1);

    private final HttpReconcilerSettings settings;
    private final ScheduledExecutorService scheduler;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final Retry retry;
    private final ConcurrencyLimit limit;
    private final UpstreamBreaker breaker;
    private final Exchange exchange;
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
        this.exchange = new Exchange(client, scheduler);
        meters.watch(breaker, limit::waiting);
    }

    /**
     * Calls the upstream.
     *
     * @return fails with a {@link dev.stacked.runtime.core.ReconcileException}; cancelling it frees all that it holds
     */
    <T> CompletableFuture<T> call(Question<T> question) {
        CallBudget budget = new CallBudget(settings.callBudget(), nanoTime);
        Attempts<T> attempts = new Attempts<>(question, exchange, settings.timeout(), budget, Trace.begin(random));
        Supplier<CompletableFuture<T>> measured =
                meters.measured(question.endpoint(), () -> breaker.call(attempts::next));
        return new Call<T>(
                        () -> limit.run(LONGEST_WAIT_FOR_A_TURN, measured),
                        retry.asyncContext(),
                        budget,
                        scheduler,
                        question.endpoint()::report)
                .start();
    }
}
