package dev.stacked.runtime.reconcile.http;

import dev.stacked.runtime.reconcile.http.AttemptException.Evidence;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves an upstream alone that is down, so that it can come up again and its stacks need not wait for timeouts. It
 * judges the upstream as a whole: what goes wrong with one stage does not count. Safe for use by many threads.
 */
final class UpstreamBreaker {
    private static final int WINDOW = 20;
    private static final int FIRST_VERDICT = 10;
    /** More than half: if every connection fails on its second use, then so does half of the attempts, and no call. */
    private static final int FAILURE_PERCENT = 51;
    /** As long as a poll interval by default: short, so that the next poll but one finds an upstream that is back. */
    private static final Duration OPEN = Duration.ofSeconds(2);

    private static final int TRIALS = 3;

    private static final Logger log = LoggerFactory.getLogger(UpstreamBreaker.class);

    private final URI upstream;
    private final CircuitBreaker breaker;

    /**
     * @param upstream for the log
     * @param nanoTime nanoseconds that only rise; not the clock, with which a step back would keep the breaker open
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

    /**
     * Makes the attempt unless the upstream is to be left alone.
     *
     * @return ends as the attempt does, or with {@link CallNotPermittedException}. Cancelling it cancels the attempt
     */
    <T> CompletableFuture<T> call(Supplier<CompletableFuture<T>> attempt) {
        if (!breaker.tryAcquirePermission()) {
            return CompletableFuture.failedFuture(CallNotPermittedException.createCallNotPermittedException(breaker));
        }
        long start = breaker.getCurrentTimestamp();
        CompletableFuture<T> running = Relay.start(attempt);
        // Not what whenComplete returns: cancelled before its source, that would skip the record.
        CompletableFuture<T> result = new CompletableFuture<>();
        Relay.whenDone(running, (value, failure) -> {
            record(start, failure);
            Relay.settle(result, value, failure);
        });
        Relay.cancelWith(result, running);
        return result;
    }

    /** The present state, to be shown. */
    CircuitBreaker.State state() {
        return breaker.getState();
    }

    private void record(long start, @Nullable Throwable failure) {
        long duration = breaker.getCurrentTimestamp() - start;
        if (failure == null) {
            breaker.onSuccess(duration, TimeUnit.NANOSECONDS);
            return;
        }
        Throwable cause = Relay.causeOf(failure);
        switch (evidence(cause)) {
            case UP -> breaker.onSuccess(duration, TimeUnit.NANOSECONDS);
            case DOWN -> breaker.onError(duration, TimeUnit.NANOSECONDS, cause);
            case NONE -> breaker.releasePermission();
        }
    }

    /** An attempt that was cancelled shows nothing. */
    private static Evidence evidence(Throwable failure) {
        return failure instanceof AttemptException attempt ? attempt.evidence() : Evidence.NONE;
    }

    private void log(StateTransition transition) {
        switch (transition) {
            case CLOSED_TO_OPEN -> log.warn("The upstream {} fails; it is left alone for {}.", upstream, OPEN);
            case HALF_OPEN_TO_CLOSED -> log.info("The upstream {} works again.", upstream);
            default -> log.debug("The upstream {}: {}.", upstream, transition);
        }
    }
}
