package dev.stacked.runtime.reconcile.http;

import static dev.stacked.runtime.reconcile.http.TestReconciler.DOCUMENT;
import static dev.stacked.runtime.reconcile.http.TestReconciler.RUNTIME;
import static dev.stacked.runtime.reconcile.http.TestReconciler.answer;
import static dev.stacked.runtime.reconcile.http.TestReconciler.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.core.StackDocument;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stack documents that the upstream confirms instead of sending them again. One attempt per call, unless said. */
class ConditionalReadIT {
    private static final String NO_CONDITION =
            "The upstream's answer is invalid: it is 304 to a request without a condition.";

    private volatile RawUpstream.Script script = tagged("\"v1\"");
    private final RawUpstream upstream = RawUpstream.start(request -> script.answer(request));
    private final TestReconciler reconciler = withAttempts(1);

    @AfterEach
    void stop() throws Exception {
        reconciler.close();
        upstream.close();
    }

    private TestReconciler withAttempts(int attempts) {
        return TestReconciler.of(TestReconciler.settings(upstream.uri(), Duration.ofSeconds(20), attempts, 16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"v1\"", "W/\"v1\"", "\"\"", "\"a,b*\""})
    void aTagIsSentBackAsItCameAndADocumentThatHasNotChangedIsTheSame(String tag) throws Exception {
        script = tagged(tag);
        StackDocument first = answer(reconciler.readStack());
        script = NOT_MODIFIED;

        assertSame(first, answer(reconciler.readStack()));
        assertSame(first, answer(reconciler.readStack()));

        assertEquals(Optional.empty(), condition());
        assertEquals(Optional.of(tag), condition());
        assertEquals(Optional.of(tag), condition());
    }

    @Test
    void confirmationIsCountedAsSuch() throws Exception {
        answer(reconciler.readStack());
        script = NOT_MODIFIED;
        answer(reconciler.readStack());

        for (String outcome : List.of("ok", "not-modified")) {
            assertEquals(
                    1,
                    reconciler
                            .meters()
                            .get("runtime.upstream.calls")
                            .tags("route", "stack", "outcome", outcome)
                            .timer()
                            .count(),
                    outcome);
        }
    }

    @Test
    void aNewTagReplacesTheOld() throws Exception {
        answer(reconciler.readStack());
        script = tagged("\"v2\"");
        StackDocument second = answer(reconciler.readStack());
        script = NOT_MODIFIED;

        assertSame(second, answer(reconciler.readStack()));

        condition();
        assertEquals(Optional.of("\"v1\""), condition());
        assertEquals(Optional.of("\"v2\""), condition());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ETag: *\r\n", "ETag: v2\r\n", "ETag: \"v2\"\r\nETag: \"v3\"\r\n"})
    void aDocumentWithoutAValidTagRemovesTheOld(String headers) throws Exception {
        answer(reconciler.readStack());
        script = document(headers);
        answer(reconciler.readStack());
        answer(reconciler.readStack());

        condition();
        assertEquals(Optional.of("\"v1\""), condition());
        assertEquals(Optional.empty(), condition());
    }

    @ParameterizedTest
    @CsvSource({
        "200, garbage",
        "404, '{\"error\":{\"code\":\"not-found\",\"message\":\"Stack not found.\"}}'",
        "500, ''"
    })
    void aFailureKeepsWhatWasThere(int status, String body) throws Exception {
        StackDocument first = answer(reconciler.readStack());
        script = request -> request.sendJson(status, body, "ETag: \"bad\"\r\n");
        failure(reconciler.readStack());
        script = NOT_MODIFIED;

        assertSame(first, answer(reconciler.readStack()));
    }

    @Test
    void eachStackHasItsOwn() throws Exception {
        script = request -> request.sendJson(200, DOCUMENT, "ETag: \"" + request.path() + "\"\r\n");
        answer(reconciler.readStack("a"));
        answer(reconciler.readStack("b"));
        script = NOT_MODIFIED;
        answer(reconciler.readStack("a"));
        answer(reconciler.readStack("b"));

        condition();
        condition();
        assertEquals(Optional.of("\"/api/stacks/a\""), condition());
        assertEquals(Optional.of("\"/api/stacks/b\""), condition());
    }

    @Test
    void theBodyThatSomeServersAnnounceWithA304IsNotWaitedFor() throws Exception {
        StackDocument first = answer(reconciler.readStack());
        script = request -> request.send("HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\nContent-Length: 999\r\n\r\n");

        assertSame(first, answer(reconciler.readStack()));
    }

    @Test
    void nothingChangedIsNoAnswerToAFirstRead() throws Exception {
        script = NOT_MODIFIED;

        assertInvalid(failure(reconciler.readStack()));
    }

    @Test
    void nothingChangedIsNoAnswerToAReconcile() throws Exception {
        answer(reconciler.readStack());
        script = NOT_MODIFIED;

        assertInvalid(failure(reconciler.reconcile()));
        condition();
        assertEquals(Optional.empty(), condition());
    }

    @Test
    void theConditionIsPartOfEveryAttempt() throws Exception {
        try (TestReconciler persistent = withAttempts(2)) {
            StackDocument first = answer(persistent.readStack());
            script = request -> {
                script = NOT_MODIFIED;
                request.sendJson(503, "");
            };

            assertSame(first, answer(persistent.readStack()));
        }
        condition();
        assertEquals(Optional.of("\"v1\""), condition());
        assertEquals(Optional.of("\"v1\""), condition());
    }

    /** With every second answer a 503: were a 304 no success, then all would be failures, and the breaker open. */
    @Test
    void aConfirmationCountsAsASuccess() throws Exception {
        answer(reconciler.readStack());
        for (int i = 0; i < 15; i++) {
            script = request -> request.sendJson(503, "");
            assertEquals(
                    "The upstream answered 503.",
                    failure(reconciler.readStack()).message());
            script = NOT_MODIFIED;
            answer(reconciler.readStack());
        }
        script = request -> request.sendJson(200, RUNTIME);
        answer(reconciler.reconcile());
    }

    private static final RawUpstream.Script NOT_MODIFIED =
            request -> request.send("HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\n\r\n");

    private static RawUpstream.Script tagged(String tag) {
        return document("ETag: " + tag + "\r\n");
    }

    private static RawUpstream.Script document(String headers) {
        return request -> request.sendJson(200, DOCUMENT, headers);
    }

    /** What the next request that arrived has for If-None-Match. */
    private Optional<String> condition() throws InterruptedException {
        return upstream.next().header("If-None-Match");
    }

    private static void assertInvalid(ReconcileException failure) {
        assertEquals(ErrorCode.INVALID_UPSTREAM_RESPONSE, failure.code());
        assertEquals(NO_CONDITION, failure.message());
    }
}
