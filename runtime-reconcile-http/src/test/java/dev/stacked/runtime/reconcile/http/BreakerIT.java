package dev.stacked.runtime.reconcile.http;

import static dev.stacked.runtime.reconcile.http.TestReconciler.DOCUMENT;
import static dev.stacked.runtime.reconcile.http.TestReconciler.RUNTIME;
import static dev.stacked.runtime.reconcile.http.TestReconciler.answer;
import static dev.stacked.runtime.reconcile.http.TestReconciler.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.testkit.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An upstream that goes down and comes back, in time that the test moves. One attempt per call. */
class BreakerIT {
    private static final String SUSPENDED =
            "The upstream has failed too often; calls to it are suspended for a moment.";

    private final ManualTime time = new ManualTime();
    private volatile RawUpstream.Script stackScript = request -> request.sendJson(200, DOCUMENT);
    private volatile RawUpstream.Script reconcileScript = request -> request.sendJson(200, RUNTIME);
    private final RawUpstream upstream = RawUpstream.start(this::serve);
    private final TestReconciler reconciler =
            TestReconciler.of(TestReconciler.settings(upstream.uri(), Duration.ofSeconds(5), 1, 16), time);

    private void serve(RawUpstream.Request request) throws IOException {
        (request.head().startsWith("GET") ? stackScript : reconcileScript).answer(request);
    }

    @AfterEach
    void stop() throws Exception {
        reconciler.close();
        upstream.close();
    }

    @Test
    void anUpstreamThatIsDownIsLeftAloneAndFoundAgainByTheNextPollButOne() throws Exception {
        stackScript = RawUpstream.Request::reset;
        reconcileScript = RawUpstream.Request::reset;
        for (int i = 0; i < 5; i++) {
            assertNotEquals(SUSPENDED, failure(reconciler.readStack()).message());
            assertNotEquals(SUSPENDED, failure(reconciler.reconcile()).message());
        }
        int asked = upstream.requestCount();
        for (int i = 0; i < 100; i++) {
            assertLeftAlone(failure(reconciler.readStack()));
            assertLeftAlone(failure(reconciler.reconcile()));
        }
        assertEquals(asked, upstream.requestCount());

        stackScript = request -> request.sendJson(200, DOCUMENT);
        reconcileScript = request -> request.sendJson(200, RUNTIME);
        time.advance(Duration.ofMillis(2001));
        for (int i = 0; i < 10; i++) {
            answer(reconciler.readStack());
            answer(reconciler.reconcile());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void aGatewayWithNothingBehindItCountsAsDown(int status) throws Exception {
        stackScript = request -> request.sendJson(status, "");
        for (int i = 0; i < 10; i++) {
            failure(reconciler.readStack());
        }

        assertLeftAlone(failure(reconciler.reconcile()));
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void aGatewayThatHasNoAnswerForOneStageDoesNotTakeTheUpstreamAway(int status) throws Exception {
        reconcileScript = request -> request.sendJson(status, "");
        for (int i = 0; i < 30; i++) {
            assertEquals(
                    "The upstream answered " + status + ".",
                    failure(reconciler.reconcile()).message());
        }

        answer(reconciler.readStack());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 429, 500})
    void anUpstreamThatAnswersIsNotDownWhateverItSays(int status) throws Exception {
        stackScript = request -> request.sendJson(status, "");
        reconcileScript = request -> request.sendJson(status, "");
        for (int i = 0; i < 30; i++) {
            assertNotEquals(SUSPENDED, failure(reconciler.readStack()).message());
            assertNotEquals(SUSPENDED, failure(reconciler.reconcile()).message());
        }
    }

    @Test
    void answersThatAreInvalidDoNotCount() throws Exception {
        reconcileScript = request -> request.sendJson(200, "garbage");
        for (int i = 0; i < 30; i++) {
            failure(reconciler.reconcile());
        }

        answer(reconciler.readStack());
    }

    @Test
    void oneStageThatHangsDoesNotTakeTheUpstreamAway() throws Exception {
        reconcileScript = RawUpstream.Request::hang;
        for (int i = 0; i < 30; i++) {
            ReconcileException failure = failure(timedOut(reconciler.reconcile()));
            assertEquals("The upstream did not answer within 5000 ms.", failure.message());
        }

        answer(reconciler.readStack());
    }

    @Test
    void aStackDocumentThatHangsIsAnUpstreamThatIsDown() throws Exception {
        stackScript = RawUpstream.Request::hang;
        for (int i = 0; i < 10; i++) {
            ReconcileException failure = failure(timedOut(reconciler.readStack()));
            assertEquals("The upstream did not answer within 5000 ms.", failure.message());
        }

        assertLeftAlone(failure(reconciler.reconcile()));
    }

    private <T> CompletableFuture<T> timedOut(CompletableFuture<T> call) throws InterruptedException {
        upstream.next();
        time.advance(Duration.ofSeconds(5).minusNanos(1));
        assertFalse(call.isDone());
        time.advance(Duration.ofNanos(1));
        return call;
    }

    private static void assertLeftAlone(ReconcileException failure) {
        assertEquals(ErrorCode.UPSTREAM_UNAVAILABLE, failure.code());
        assertEquals(SUSPENDED, failure.message());
    }
}
