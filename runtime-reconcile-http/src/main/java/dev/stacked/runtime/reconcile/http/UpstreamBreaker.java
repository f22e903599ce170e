package dev.stacked.runtime.reconcile.http;

import dev.stacked.runtime.reconcile.http.AttemptException.Evidence;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Suspends calls to an upstream that is down, so that it can recover and its stacks do not wait for timeouts. It judges
 * the upstream as a whole: the failure of one stage does not count. Thread-safe.
 */
final class UpstreamBreaker {
    private static final int WINDOW = 20;
    private static final int FIRST_VERDICT = 10;
    /** More than half: if every connection fails on its second use, half of the attempts fail but no call does. */
    private static final int FAILURE_PERCENT = 51;
    /** The default poll interval: the next poll but one finds an upstream that has recovered. */
    private static final Duration OPEN = Duration.ofSeconds(2);

    private static final int TRIALS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamBreaker.class);

    private final URI upstream;
    private final CircuitBreaker breaker;

    /**
     * @param upstream for the log
     * @param nanoTime elapsed time; a clock that is set back would keep the breaker open
     */
    UpstreamBreaker(URI upstream, LongSupplier nanoTime) {
        this.upstream = upstream;
        this.breaker = CircuitBreaker.of(
                "upstream",
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(WINDOW)
                        .minimumNumberOfCalls(FIRST_VERDICT)
                        .failureRateThreshold(FAILURE_PERCENT)
                        .waitDurationInOpenState(OPEN)
                        .permittedNumberOfCallsInHalfOpenState(TRIALS)
                        .clock(new ElapsedClock(nanoTime))
                        .currentTimestampFunction(clock -> nanoTime.getAsLong(), TimeUnit.NANOSECONDS)
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> log(event.getStateTransition()));
    }

    /** Whether an attempt may be made now. Each permitted one must be reported by {@link #record}. */
    boolean permits() {
        return breaker.tryAcquirePermission();
    }

    /** The failure of an attempt that was not permitted. */
    CallNotPermittedException suspended() {
        return CallNotPermittedException.createCallNotPermittedException(breaker);
    }

    /**
     * Counts a permitted attempt that has ended.
     *
     * @param failure null if it was a success
     */
    void record(long durationNanos, @Nullable Throwable failure) {
        switch (failure == null ? Evidence.UP : evidence(failure)) {
            case UP -> breaker.onSuccess(durationNanos, TimeUnit.NANOSECONDS);
            case DOWN -> breaker.onError(durationNanos, TimeUnit.NANOSECONDS, Objects.requireNonNull(failure));
            case NONE -> breaker.releasePermission();
        }
    }

    /** The current state, for a gauge. */
    CircuitBreaker.State state() {
        return breaker.getState();
    }

    /** A cancelled attempt is no evidence. */
    private static Evidence evidence(Throwable failure) {
        return failure instanceof AttemptException attempt ? attempt.evidence() : Evidence.NONE;
    }

    private void log(StateTransition transition) {
        switch (transition) {
            case CLOSED_TO_OPEN -> LOG.warn("Upstream {}: circuit breaker opened for {} s", upstream, OPEN.toSeconds());
            case HALF_OPEN_TO_CLOSED -> LOG.info("Upstream {}: circuit breaker closed", upstream);
            default -> LOG.debug("Upstream {}: circuit breaker {}", upstream, transition);
        }
    }
}
