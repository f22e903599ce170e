package dev.stacked.runtime.reconcile.http;

import static dev.stacked.runtime.reconcile.http.TestReconciler.DOCUMENT;
import static dev.stacked.runtime.reconcile.http.TestReconciler.RUNTIME;
import static dev.stacked.runtime.reconcile.http.TestReconciler.answer;
import static dev.stacked.runtime.reconcile.http.TestReconciler.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StageRuntime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers that are equal to the last ones, which are not parsed, and what headers change of them. */
class UnchangedIT {
    private volatile String headers = "";
    private volatile String document = DOCUMENT;
    private volatile String runtime = RUNTIME;
    private volatile int status = 200;
    private final RawUpstream upstream = RawUpstream.start(
            request -> request.sendJson(status, request.head().startsWith("GET") ? document : runtime, headers));
    private final TestReconciler reconciler =
            TestReconciler.of(TestReconciler.settings(upstream.uri(), Duration.ofSeconds(20), 1, 16));

    @AfterEach
    void stop() throws Exception {
        reconciler.close();
        upstream.close();
    }

    @Test
    void equalBytesAreTheSameInstance() throws Exception {
        StackDocument first = answer(reconciler.readStack());
        StageRuntime firstRuntime = answer(reconciler.reconcile());

        assertSame(first, answer(reconciler.readStack()));
        assertSame(firstRuntime, answer(reconciler.reconcile()));
        assertNotSame(firstRuntime, answer(reconciler.reconcile("rig-stack", "other")));
        assertNotSame(firstRuntime, answer(reconciler.reconcile("other", "stage-4")));
    }

    @Test
    void otherBytesAreReadAndThenTheLastOnes() throws Exception {
        StageRuntime first = answer(reconciler.reconcile());
        runtime = RUNTIME.replace("2,", "3,");
        StageRuntime second = answer(reconciler.reconcile());

        assertEquals(3, second.toJson().get("todoCompleted").intValue());
        assertSame(second, answer(reconciler.reconcile()));
        runtime = RUNTIME;
        assertEquals(first, answer(reconciler.reconcile()));
    }

    @Test
    void equalBytesOfAFailureAreAFailure() throws Exception {
        StageRuntime first = answer(reconciler.reconcile());
        status = 409;
        assertEquals(
                "The upstream answered 409.", failure(reconciler.reconcile()).message());
        status = 200;

        assertSame(first, answer(reconciler.reconcile()));
    }

    @Test
    void ageOfADocumentIsPartOfIt() throws Exception {
        assertEquals(Duration.ZERO, answer(reconciler.readStack()).maxAge());
        headers = "Cache-Control: private, max-age=7\r\n";
        StackDocument aged = answer(reconciler.readStack());

        assertEquals(Duration.ofSeconds(7), aged.maxAge());
        assertSame(aged, answer(reconciler.readStack()));
        headers = "";
        assertEquals(Duration.ZERO, answer(reconciler.readStack()).maxAge());
    }

    @Test
    void confirmationKeepsTheAgeUnlessItNamesAnother() throws Exception {
        headers = "ETag: \"v1\"\r\nCache-Control: max-age=7\r\n";
        StackDocument aged = answer(reconciler.readStack());
        status = 304;
        document = "";
        headers = "ETag: \"v1\"\r\n";
        assertSame(aged, answer(reconciler.readStack()));

        headers = "ETag: \"v1\"\r\nCache-Control: max-age=8\r\n";
        assertEquals(Duration.ofSeconds(8), answer(reconciler.readStack()).maxAge());
        headers = "ETag: \"v1\"\r\n";
        assertEquals(Duration.ofSeconds(8), answer(reconciler.readStack()).maxAge());
    }
}
