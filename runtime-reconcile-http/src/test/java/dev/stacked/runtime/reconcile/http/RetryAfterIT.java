package dev.stacked.runtime.reconcile.http;

import static dev.stacked.runtime.reconcile.http.TestReconciler.RUNTIME;
import static dev.stacked.runtime.reconcile.http.TestReconciler.answer;
import static dev.stacked.runtime.reconcile.http.TestReconciler.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.core.StageRuntime;
import dev.stacked.runtime.testkit.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An upstream that says when to come back, in time that the test moves. The budget is 15 s, an attempt's time 5 s. */
class RetryAfterIT {
    private final ManualTime time = new ManualTime();
    private final WatchedScheduler scheduler = new WatchedScheduler(time);
    private volatile String header = "Retry-After: 2\r\n";
    private volatile int status = 429;
    private final RawUpstream upstream = RawUpstream.start(this::refuseOnce);
    private final TestReconciler reconciler =
            TestReconciler.of(TestReconciler.settings(upstream.uri(), Duration.ofSeconds(5), 3, 16), time, scheduler);

    private void refuseOnce(RawUpstream.Request request) throws IOException {
        if (request.number() > 1) {
            request.sendJson(200, RUNTIME);
        } else {
            request.send("HTTP/1.1 " + status + " Status\r\n" + header + "Content-Length: 0\r\n\r\n");
        }
    }

    @AfterEach
    void stop() throws Exception {
        reconciler.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429 | Retry-After: 2",
                "429 | retry-after: Thu, 01 Jan 2026 00:00:02 GMT",
                "503 | Retry-After: 2",
                "500 | Retry-After: 2"
            })
    void theUpstreamIsNotAskedAgainEarlier(int status, String header) throws Exception {
        this.status = status;
        this.header = header + "\r\n";
        CompletableFuture<StageRuntime> call = reconciler.reconcile();
        awaitPause();

        time.advance(Duration.ofSeconds(2));
        assertEquals(1, upstream.requestCount());
        assertEquals(0, scheduler.unawaited(), "no attempt has begun: it would have its timer");
        time.advance(Duration.ofMillis(150));

        assertEquals("review", answer(call).status().value());
        assertEquals(2, upstream.requestCount());
    }

    @Test
    void withoutAWordOfTheUpstreamThePauseIsShort() throws Exception {
        header = "";
        CompletableFuture<StageRuntime> call = reconciler.reconcile();
        awaitPause();

        time.advance(Duration.ofMillis(49));
        assertEquals(0, scheduler.unawaited());
        time.advance(Duration.ofMillis(101));

        assertEquals("review", answer(call).status().value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"Retry-After: 15 | 15", "Retry-After: 3600 | 60", "Retry-After: Thu, 01 Jan 2026 00:00:30 GMT | 30"
            })
    void aPauseThatDoesNotFitIsLeftToTheCaller(String header, long seconds) throws Exception {
        this.header = header + "\r\n";

        ReconcileException failure = failure(reconciler.reconcile());

        assertEquals(ErrorCode.RECONCILE_FAILED, failure.code());
        assertEquals("The upstream answered 429.", failure.message());
        assertEquals(Duration.ofSeconds(seconds), failure.retryAfter());
        assertEquals(1, upstream.requestCount());
        scheduler.awaitScheduled(1);
        assertEquals(0, scheduler.unawaited(), "only the attempt's timer, and no pause");
    }

    @Test
    void aFailureThatNamesNoTimeAsksForNone() throws Exception {
        header = "";
        status = 403;

        assertEquals(Duration.ZERO, failure(reconciler.reconcile()).retryAfter());
    }

    @Test
    void aCallThatIsCancelledDuringAPauseIsNotTakenUpAgain() throws Exception {
        CompletableFuture<StageRuntime> call = reconciler.reconcile();
        awaitPause();

        call.cancel(true);
        time.advance(Duration.ofSeconds(15));
        assertEquals(0, scheduler.unawaited());

        assertEquals(1, upstream.requestCount());
    }

    /** Until there has been the timer of an attempt, and then of a pause. */
    private void awaitPause() throws InterruptedException {
        scheduler.awaitScheduled(2);
    }
}
