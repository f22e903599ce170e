package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.reconcile.http.AttemptException.Evidence;
import dev.stacked.runtime.reconcile.http.AttemptException.Remedy;
import dev.stacked.runtime.testkit.ManualTime;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UpstreamBreakerTest {
    private final ManualTime time = new ManualTime();
    private final UpstreamBreaker breaker = new UpstreamBreaker(URI.create("http://host"), time::nanoTime);

    @Test
    void opensOnceMostAttemptsShowThatTheUpstreamIsDown() {
        repeat(5, this::succeed);
        repeat(5, () -> fail(Evidence.DOWN));
        assertTrue(allows());

        fail(Evidence.DOWN);

        assertFalse(allows());
    }

    @Test
    void doesNotJudgeByLessThanTenAttempts() {
        repeat(9, () -> fail(Evidence.DOWN));
        assertTrue(allows());

        fail(Evidence.DOWN);

        assertFalse(allows());
    }

    @Test
    void judgesByTheLastTwentyAttempts() {
        repeat(100, this::succeed);
        repeat(10, () -> fail(Evidence.DOWN));
        assertTrue(allows());

        fail(Evidence.DOWN);

        assertFalse(allows());
    }

    @Test
    void errorsOfAnUpstreamThatAnswersDoNotOpenIt() {
        repeat(100, () -> fail(Evidence.UP));

        assertTrue(allows());
    }

    @Test
    void failuresThatShowNothingDoNotOpenItNorKeepItClosed() {
        repeat(5, () -> fail(Evidence.DOWN));
        repeat(100, () -> fail(Evidence.NONE));
        assertTrue(allows());
        repeat(5, () -> fail(Evidence.DOWN));

        assertFalse(allows());
    }

    @Test
    void letsAFewTryAfterTwoSecondsAndClosesWhenTheySucceed() {
        open();
        time.advance(Duration.ofSeconds(2));
        assertFalse(allows());

        time.advance(Duration.ofMillis(1));
        repeat(3, this::start);
        assertFalse(allows(), "three at a time are enough to find out");
        repeat(3, () -> end(null));

        repeat(20, () -> assertTrue(allows()));
    }

    @Test
    void opensAgainWhenTheTrialsFail() {
        open();
        time.advance(Duration.ofMillis(2001));
        repeat(3, () -> fail(Evidence.DOWN));

        assertFalse(allows());
    }

    @Test
    void aTrialThatShowsNothingOrIsCancelledLeavesRoomForAnother() {
        open();
        time.advance(Duration.ofMillis(2001));
        repeat(10, this::cancelled);
        repeat(10, () -> fail(Evidence.NONE));
        repeat(3, this::succeed);

        repeat(20, () -> assertTrue(allows()));
    }

    private void open() {
        repeat(10, () -> fail(Evidence.DOWN));
        assertFalse(allows());
    }

    private void start() {
        assertTrue(breaker.permits());
    }

    private void end(@Nullable Throwable failure) {
        breaker.record(1, failure);
    }

    private void succeed() {
        start();
        end(null);
    }

    private void cancelled() {
        start();
        end(new CancellationException());
    }

    private void fail(Evidence evidence) {
        start();
        end(new AttemptException(
                ErrorCode.UPSTREAM_UNAVAILABLE, "broken", evidence, Remedy.RETRY, Duration.ZERO, null));
    }

    /** Whether an attempt would be made; leaves no trace, as it is cancelled. */
    private boolean allows() {
        boolean allowed = breaker.permits();
        if (allowed) {
            end(new CancellationException());
        }
        return allowed;
    }

    private static void repeat(int times, Runnable action) {
        for (int i = 0; i < times; i++) {
            action.run();
        }
    }
}
