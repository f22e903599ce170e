package dev.stacked.runtime.reconcile.http;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Decides which failures are retried, and when: after about 100 ms, then 200 ms, 400 ms, and so on, each with a jitter
 * of 50 %. The pause is added to a {@code Retry-After}, so that calls that were refused together do not come back
 * together.
 */
final class RetryPolicy {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    /** Far beyond any budget; keeps the pause within its type. */
    private static final int MAX_DOUBLINGS = 10;

    private RetryPolicy() {}

    /**
     * The policy for Resilience4j.
     *
     * @param attempts maximum number of attempts per call, the first one included
     * @param random for the jitter; must be thread-safe
     */
    static Retry of(int attempts, RandomGenerator random) {
        return Retry.of(
                "upstream",
                RetryConfig.custom()
                        .maxAttempts(attempts)
                        .retryOnException(AttemptException.class::isInstance)
                        .intervalBiFunction((attempt, outcome) -> pause(attempt, outcome.getLeft(), random))
                        .build());
    }

    private static long pause(int failedAttempts, Throwable failure, RandomGenerator random) {
        long middle = FIRST_PAUSE.toMillis() << Math.min(failedAttempts - 1, MAX_DOUBLINGS);
        long pause = Math.round(middle * (0.5 + random.nextDouble()));
        return failure instanceof AttemptException attempt
                ? pause + attempt.retryAfter().toMillis()
                : pause;
    }
}
