package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.reconcile.http.AttemptException.Evidence;
import dev.stacked.runtime.reconcile.http.AttemptException.Remedy;
import io.github.resilience4j.retry.Retry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    /** Random numbers of which each double is one half. */
    private static final RandomGenerator MIDDLE = constant(1L << 63);

    @Test
    void pausesDouble() {
        assertEquals(List.of(100L, 200L, 400L, -1L), pauses(RetryPolicy.of(4, MIDDLE), failure(Duration.ZERO)));
    }

    @Test
    void pausesVaryByHalf() {
        assertEquals(List.of(50L, 100L, -1L), pauses(RetryPolicy.of(3, constant(0)), failure(Duration.ZERO)));
        assertEquals(List.of(150L, 300L, -1L), pauses(RetryPolicy.of(3, constant(-1)), failure(Duration.ZERO)));
    }

    @Test
    void aPauseBeginsWhenTheUpstreamWantsToBeAskedAgain() {
        assertEquals(List.of(7100L, 7200L, -1L), pauses(RetryPolicy.of(3, MIDDLE), failure(Duration.ofSeconds(7))));
    }

    @Test
    void pausesDoNotOverflow() {
        List<Long> pauses = pauses(RetryPolicy.of(100, MIDDLE), failure(Duration.ZERO));

        assertEquals(102_400, pauses.get(98));
    }

    @Test
    void whatIsNotKnownToPassIsNotTriedAgain() {
        assertEquals(List.of(-1L), pauses(RetryPolicy.of(3, MIDDLE), new IOException("not an attempt's")));
    }

    private static List<Long> pauses(Retry retry, Exception failure) {
        Retry.AsyncContext<String> call = retry.asyncContext();
        int attempts = retry.getRetryConfig().getMaxAttempts();
        List<Long> pauses = IntStream.range(0, attempts)
                .mapToObj(attempt -> call.onError(failure))
                .toList();
        return pauses.subList(0, pauses.indexOf(-1L) + 1);
    }

    private static AttemptException failure(Duration retryAfter) {
        return new AttemptException(
                ErrorCode.UPSTREAM_UNAVAILABLE, "broken", Evidence.UP, Remedy.RETRY, retryAfter, null);
    }

    private static RandomGenerator constant(long bits) {
        return () -> bits;
    }
}
