package dev.stacked.runtime.reconcile.http;

import static dev.stacked.runtime.reconcile.http.TestReconciler.answer;
import static dev.stacked.runtime.reconcile.http.TestReconciler.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exchanges that were recorded with the real upstream, byte by byte over a socket. */
class RecordedUpstreamIT {
    private volatile String recorded = "stack-ok";
    private final RawUpstream upstream =
            RawUpstream.start(request -> request.send(Recorded.load(recorded).toHttp()));
    private final HttpReconcilerSettings settings =
            TestReconciler.settings(upstream.uri(), Duration.ofSeconds(20), 1, 16);
    private final TestReconciler reconciler = TestReconciler.of(settings);
    private final TestReconciler exposing = TestReconciler.of(settings, HttpReconcilerBuilder::exposeUpstreamMessages);

    @AfterEach
    void stop() throws Exception {
        reconciler.close();
        exposing.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource({"stack-ok, 5", "stack-plain, 5", "stack-odd-id, 1", "stack-no-stages, 0"})
    void stacksAreRead(String name, int stages) throws Exception {
        recorded = name;

        assertEquals(stages, answer(reconciler.readStack()).stages().size());
    }

    @ParameterizedTest
    @CsvSource({
        "reconcile-odd, in-progress",
        "reconcile-plain-p2, approved",
        "reconcile-stack-stage-2, approved",
        "reconcile-stack-stage-3, review",
        "reconcile-stack-stage-4, in-progress"
    })
    void runtimesAreRead(String name, String status) throws Exception {
        recorded = name;

        assertEquals(status, answer(reconciler.reconcile()).status().value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stack-unknown | STACK_NOT_FOUND | Stack not found.",
                "stack-blank | UPSTREAM_UNAVAILABLE"
                        + " | The upstream answered 400 invalid-input: Stack id is required.",
                "outage-stacks-truncated-stack | UPSTREAM_UNAVAILABLE"
                        + " | The upstream answered 500 internal: Unable to recover JSON payload from stacks file."
            })
    void failuresOfTheStackDocument(String name, ErrorCode code, String message) throws Exception {
        recorded = name;

        ReconcileException failure = failure(exposing.readStack());

        assertEquals(code, failure.code());
        assertEquals(message, failure.message());
        assertEquals(
                withoutTheUpstreamsWords(message),
                failure(reconciler.readStack()).message());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reconcile-unknown-stack | STACK_NOT_FOUND | The upstream answered 404 not-found: Stack not found.",
                "reconcile-unknown-stage | STACK_NOT_FOUND | The upstream answered 404 not-found: Stage not found.",
                "outage-reconcile-stack-stage-4 | RECONCILE_FAILED | The upstream answered 400 invalid-input: spawn opencode ENOENT",
                "outage-stacks-empty-reconcile | RECONCILE_FAILED | The upstream answered 400 invalid-input: Stacks file is empty.",
                "outage-stacks-truncated-reconcile | RECONCILE_FAILED"
                        + " | The upstream answered 400 invalid-input: Unable to recover JSON payload from stacks file."
            })
    void failuresOfAReconcile(String name, ErrorCode code, String message) throws Exception {
        recorded = name;

        ReconcileException failure = failure(exposing.reconcile());

        assertEquals(code, failure.code());
        assertEquals(message, failure.message());
        assertEquals(
                withoutTheUpstreamsWords(message),
                failure(reconciler.reconcile()).message());
    }

    @Test
    void aMissingConfigurationIsAnOutageAndNotAMissingStack() throws Exception {
        recorded = "outage-config-missing-rig-plain";

        ReconcileException failure = failure(reconciler.readStack());

        assertEquals(ErrorCode.UPSTREAM_UNAVAILABLE, failure.code());
        assertEquals("The upstream answered 404.", failure.message());
        String exposed = failure(exposing.readStack()).message();
        assertTrue(exposed.startsWith("The upstream answered 404 not-found: Project config not found at /"), exposed);
    }

    private static String withoutTheUpstreamsWords(String message) {
        return message.replaceAll("^(The upstream answered \\d+) .*", "$1.");
    }
}
