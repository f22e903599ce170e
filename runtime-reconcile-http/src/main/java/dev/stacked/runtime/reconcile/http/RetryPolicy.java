package dev.stacked.runtime.reconcile.http;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Which failures are worth another attempt, and after which pause: about 100 ms, then 200 ms, 400 ms, and so on, each
 * between half and one and a half of that. The pause comes on top of a {@code Retry-After}, so that calls that were
 * refused together do not come back together.
 */
final class RetryPolicy {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    /** Far beyond any budget's need; keeps the pause within its type. */
    private static final int MOST_DOUBLINGS = 10;

    private RetryPolicy() {}

    /**
     * The policy as Resilience4j wants it.
     *
     * @param attempts how often a call is tried at most, the first time included
     * @param random for the jitter; must be safe for use by many threads
     */
    static Retry of(int attempts, RandomGenerator random) {
        return Retry.of(
                "upstream",
                RetryConfig.custom()
                        .maxAttempts(attempts)
                        .retryOnException(
                                failure -> failure instanceof AttemptException attempt && attempt.isRetryable())
                        .intervalBiFunction((attempt, outcome) -> pause(attempt, outcome.getLeft(), random))
                        .build());
    }

    private static long pause(int failedAttempts, Throwable failure, RandomGenerator random) {
        long middle = FIRST_PAUSE.toMillis() << Math.min(failedAttempts - 1, MOST_DOUBLINGS);
        long pause = Math.round(middle * (0.5 + random.nextDouble()));
        return failure instanceof AttemptException attempt
                ? pause + attempt.retryAfter().toMillis()
                : pause;
    }
}
