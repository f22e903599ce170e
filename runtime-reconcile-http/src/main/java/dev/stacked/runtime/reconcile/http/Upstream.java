package dev.stacked.runtime.reconcile.http;

import dev.stacked.runtime.core.CallContext;
import io.github.resilience4j.retry.Retry;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The upstream behind retries, concurrency limit and circuit breaker: {@code retry(limit(breaker(exchange)))}. A call
 * holds a permit only during an attempt, not during pauses. The breaker decides after the wait for the permit, so that
 * its decision is fresh. Thread-safe.
 */
final class Upstream {
    private final Duration timeout;
    private final HttpLoops loops;
    private final Map<EventLoop, ConnectionPool> pools = new HashMap<>();
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final Retry retry;
    private final ConcurrencyLimit limit;
    private final UpstreamBreaker breaker;
    private final Timers timers;
    private final UpstreamMeters meters;

    Upstream(HttpReconcilerBuilder from, HttpLoops loops) {
        HttpReconcilerSettings settings = from.settings;
        this.timeout = settings.timeout();
        this.loops = loops;
        this.nanoTime = from.nanoTime;
        this.random = from.random;
        this.retry = RetryPolicy.of(settings.retryAttempts(), random);
        this.limit = new ConcurrencyLimit(settings.concurrency());
        this.breaker = new UpstreamBreaker(settings.base(), nanoTime);
        this.timers = new Timers(from.scheduler);
        this.meters = new UpstreamMeters(from.meterRegistry);
        Connector connector = new Connector(
                Origin.of(settings.base()),
                from.proxy == null ? null : Origin.of(from.proxy),
                from.sslContext,
                from.headers,
                loops.lookups());
        loops.all().forEach(loop -> pools.put(loop, new ConnectionPool(loop, connector)));
        meters.watch(breaker, limit::waiting);
    }

    /**
     * Calls the upstream.
     *
     * @return fails with a {@link dev.stacked.runtime.core.ReconcileException}; cancelling it frees its permit and connection
     */
    <T> CompletableFuture<T> call(UpstreamRequest<T> request, CallContext context) {
        HttpCall<T> call = new HttpCall<>(this, loops.loop(), request, context);
        try {
            call.start();
        } catch (RejectedExecutionException e) {
            call.completeExceptionally(request.endpoint().report(e));
        }
        return call;
    }

    ConnectionPool pool(EventLoop loop) {
        return Objects.requireNonNull(pools.get(loop));
    }

    Duration timeout() {
        return timeout;
    }

    long now() {
        return nanoTime.getAsLong();
    }

    RandomGenerator random() {
        return random;
    }

    Retry retry() {
        return retry;
    }

    ConcurrencyLimit limit() {
        return limit;
    }

    UpstreamBreaker breaker() {
        return breaker;
    }

    Timers timers() {
        return timers;
    }

    UpstreamMeters meters() {
        return meters;
    }
}
