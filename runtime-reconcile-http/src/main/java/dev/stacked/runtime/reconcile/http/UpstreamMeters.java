package dev.stacked.runtime.reconcile.http;

import dev.stacked.runtime.core.ErrorCode;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The meters of the upstream; {@code docs/metrics.md} explains each. Thread-safe. */
final class UpstreamMeters {
    private static final Duration[] DURATIONS = LongStream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    /** How an attempt ended. */
    private enum Outcome {
        /** With a success. */
        OK,
        /** With 304: the document is as before. */
        NOT_MODIFIED,
        /** The upstream does not know the stack. */
        NOT_FOUND,
        /** With an error, or with an answer that breaks the contract. */
        ERROR,
        /** With a timeout. */
        TIMEOUT,
        /** The connection failed. */
        LOST,
        /** It was not made, since the breaker is open. */
        LEFT_ALONE,
        /** It was cancelled. */
        CANCELLED
    }

    private final MeterRegistry registry;
    private final Counter retries;
    private final AtomicInteger active = new AtomicInteger();
    private final Map<Route, Map<Outcome, Timer>> timers = new ConcurrentHashMap<>();

    UpstreamMeters(MeterRegistry registry) {
        this.registry = registry;
        this.retries = Counter.builder("runtime.upstream.retries")
                .description("Attempts after the first of a call")
                .register(registry);
        Gauge.builder("runtime.upstream.calls.active", active::get)
                .description("Attempts in progress")
                .register(registry);
    }

    /** @param waiting the number of calls that wait for a permit */
    void watch(UpstreamBreaker breaker, IntSupplier waiting) {
        Gauge.builder("runtime.upstream.calls.waiting", waiting::getAsInt)
                .description("Calls that wait for a permit")
                .register(registry);
        Stream.of(CircuitBreaker.State.CLOSED, CircuitBreaker.State.OPEN, CircuitBreaker.State.HALF_OPEN)
                .forEach(state -> Gauge.builder("runtime.upstream.breaker", () -> breaker.state() == state ? 1 : 0)
                        .description("1 for the state that the circuit breaker is in")
                        .tag("state", word(state))
                        .register(registry));
    }

    /** An attempt begins. */
    void began(boolean isRetry) {
        active.incrementAndGet();
        if (isRetry) {
            retries.increment();
        }
    }

    /**
     * An attempt has ended.
     *
     * @param notModified whether it was answered with 304
     * @param failure null if it was a success
     */
    void ended(Endpoint<?> endpoint, long durationNanos, boolean notModified, @Nullable Throwable failure) {
        active.decrementAndGet();
        Outcome outcome = failure == null && notModified ? Outcome.NOT_MODIFIED : outcome(failure);
        timer(endpoint.route(), outcome).record(durationNanos, TimeUnit.NANOSECONDS);
    }

    /** Looking a timer up in the registry costs more than recording, so each is looked up once. */
    private Timer timer(Route route, Outcome outcome) {
        Map<Outcome, Timer> ofRoute = timers.computeIfAbsent(route, any -> new ConcurrentHashMap<>());
        return ofRoute.computeIfAbsent(
                outcome,
                any -> Timer.builder("runtime.upstream.calls")
                        .description("Attempts by route and outcome")
                        .tag("route", word(route))
                        .tag("outcome", word(outcome))
                        .serviceLevelObjectives(DURATIONS)
                        .register(registry));
    }

    private static Outcome outcome(@Nullable Throwable failure) {
        if (failure == null) {
            return Outcome.OK;
        }
        if (failure instanceof CallNotPermittedException) {
            return Outcome.LEFT_ALONE;
        }
        if (!(failure instanceof AttemptException attempt)) {
            return Outcome.CANCELLED;
        }
        if (attempt.getCause() instanceof UpstreamTimeoutException) {
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
