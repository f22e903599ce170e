package dev.stacked.runtime.reconcile.http;

import dev.stacked.runtime.core.ErrorCode;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is measured of the upstream; {@code docs/metrics.md} explains each meter. Safe for use by many threads. */
final class UpstreamMeters {
    private static final Duration[] DURATIONS = LongStream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    /** How an attempt ended. */
    private enum Outcome {
        /** With what was asked for. */
        OK,
        /** The upstream does not know the stack. */
        NOT_FOUND,
        /** With an error, or with what the contract does not promise. */
        ERROR,
        /** With nothing, in the time that it had. */
        TIMEOUT,
        /** The connection could not be made, or broke. */
        LOST,
        /** It was not made, as the breaker is open. */
        LEFT_ALONE,
        /** Nobody waited for it any more. */
        CANCELLED
    }

    private final MeterRegistry registry;
    private final LongSupplier nanoTime;
    private final Counter retries;
    private final AtomicInteger underWay = new AtomicInteger();

    /** @param nanoTime nanoseconds that only rise */
    UpstreamMeters(MeterRegistry registry, LongSupplier nanoTime) {
        this.registry = registry;
        this.nanoTime = nanoTime;
        this.retries = Counter.builder("runtime.upstream.retries")
                .description("Attempts after the first of a call")
                .register(registry);
        Gauge.builder("runtime.upstream.calls.active", underWay::get)
                .description("Attempts under way")
                .register(registry);
    }

    /** @param waiting how many calls wait for their turn */
    void watch(UpstreamBreaker breaker, IntSupplier waiting) {
        Gauge.builder("runtime.upstream.calls.waiting", waiting::getAsInt)
                .description("Calls that wait for one of those under way to end")
                .register(registry);
        Stream.of(CircuitBreaker.State.CLOSED, CircuitBreaker.State.OPEN, CircuitBreaker.State.HALF_OPEN)
                .forEach(state -> Gauge.builder("runtime.upstream.breaker", () -> breaker.state() == state ? 1 : 0)
                        .description("1 for the state that the circuit breaker is in")
                        .tag("state", word(state))
                        .register(registry));
    }

    /** The attempts of one call, measured. */
    <T> Supplier<CompletableFuture<T>> measured(Endpoint<T> endpoint, Supplier<CompletableFuture<T>> attempts) {
        AtomicBoolean isRetry = new AtomicBoolean();
        return () -> {
            if (isRetry.getAndSet(true)) {
                retries.increment();
            }
            return measure(endpoint, attempts);
        };
    }

    private <T> CompletableFuture<T> measure(Endpoint<T> endpoint, Supplier<CompletableFuture<T>> attempt) {
        long start = nanoTime.getAsLong();
        underWay.incrementAndGet();
        CompletableFuture<T> running = Relay.start(attempt);
        CompletableFuture<T> result = new CompletableFuture<>();
        Relay.whenDone(running, (value, failure) -> {
            underWay.decrementAndGet();
            timer(endpoint, outcome(failure)).record(nanoTime.getAsLong() - start, TimeUnit.NANOSECONDS);
            Relay.settle(result, value, failure);
        });
        Relay.cancelWith(result, running);
        return result;
    }

    private Timer timer(Endpoint<?> endpoint, Outcome outcome) {
        return Timer.builder("runtime.upstream.calls")
                .description("Attempts, by what was asked and how that ended")
                .tag("route", endpoint.routeName())
                .tag("outcome", word(outcome))
                .serviceLevelObjectives(DURATIONS)
                .register(registry);
    }

    private static Outcome outcome(@Nullable Throwable failure) {
        if (failure == null) {
            return Outcome.OK;
        }
        Throwable cause = Relay.causeOf(failure);
        if (cause instanceof CallNotPermittedException) {
            return Outcome.LEFT_ALONE;
        }
        if (!(cause instanceof AttemptException attempt)) {
            return Outcome.CANCELLED;
        }
        if (attempt.getCause() instanceof HttpTimeoutException) {
            return Outcome.TIMEOUT;
        }
        if (attempt.getCause() instanceof IOException) {
            return Outcome.LOST;
        }
        return attempt.code() == ErrorCode.STACK_NOT_FOUND ? Outcome.NOT_FOUND : Outcome.ERROR;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
