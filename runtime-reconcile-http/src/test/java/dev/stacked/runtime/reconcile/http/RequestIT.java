package dev.stacked.runtime.reconcile.http;

import static dev.stacked.runtime.reconcile.http.TestReconciler.DOCUMENT;
import static dev.stacked.runtime.reconcile.http.TestReconciler.RUNTIME;
import static dev.stacked.runtime.reconcile.http.TestReconciler.answer;
import static dev.stacked.runtime.reconcile.http.TestReconciler.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.ErrorCode;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the upstream gets to see. */
class RequestIT {
    private static final String TRACE = "00-[0-9a-f]{32}-[0-9a-f]{16}-01";

    private final RawUpstream upstream =
            RawUpstream.start(request -> request.sendJson(200, request.head().startsWith("GET") ? DOCUMENT : RUNTIME));

    @AfterEach
    void stop() throws Exception {
        upstream.close();
    }

    @Test
    void aReadIsAPlainGet() throws Exception {
        try (TestReconciler reconciler = TestReconciler.of(upstream.uri())) {
            answer(reconciler.readStack());
        }
        List<String> head = lines(upstream.next());

        assertEquals("get /api/stacks/rig-stack http/1.1", head.get(0));
        assertTrue(head.contains("accept: application/json"), head::toString);
        assertNoUpgradeAndNoContentType(head);
    }

    @Test
    void aReconcileIsAPostWithoutABody() throws Exception {
        try (TestReconciler reconciler = TestReconciler.of(upstream.uri())) {
            answer(reconciler.reconcile());
        }
        List<String> head = lines(upstream.next());

        assertEquals("post /api/stacks/rig-stack/stages/stage-4/implementation/reconcile http/1.1", head.get(0));
        assertTrue(head.contains("accept: application/json"), head::toString);
        assertTrue(head.contains("content-length: 0"), head::toString);
        assertNoUpgradeAndNoContentType(head);
    }

    @Test
    void thePrefixOfTheBaseStays() throws Exception {
        URI base = URI.create(upstream.uri() + "/pre%20fix/");
        try (TestReconciler reconciler = TestReconciler.of(base)) {
            answer(reconciler.readStack());
        }

        assertEquals("/pre%20fix/api/stacks/rig-stack", upstream.next().path());
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, a%2Fb",
        "%2e%2e, %252e%252e",
        "%2E, %252E",
        "?x#y, %3Fx%23y",
        "a  b, a%20%20b",
        "../../x, ..%2F..%2Fx",
        "..;, ..%3B",
        "🚀 é, %F0%9F%9A%80%20%C3%A9",
        "{stackId}, %7BstackId%7D",
    })
    void noIdReachesAnotherRoute(String id, String segment) throws Exception {
        try (TestReconciler reconciler = TestReconciler.of(upstream.uri())) {
            answer(reconciler.readStack(id));
            answer(reconciler.reconcile(id, id));
        }

        assertEquals("/api/stacks/" + segment, upstream.next().path());
        assertEquals(
                "/api/stacks/" + segment + "/stages/" + segment + "/implementation/reconcile",
                upstream.next().path());
    }

    @Test
    void eachPollIsATrace() throws Exception {
        try (TestReconciler reconciler = TestReconciler.of(upstream.uri())) {
            CallContext poll = reconciler.call();
            answer(reconciler.reconciler().readStack(TestReconciler.STACK, poll).toCompletableFuture());
            answer(reconciler.reconcile());
            String read = upstream.next().header("traceparent").orElseThrow();
            String reconcile = upstream.next().header("traceparent").orElseThrow();

            assertTrue(read.matches(TRACE), read);
            assertTrue(reconcile.matches(TRACE), reconcile);
            assertEquals(poll.traceId(), traceId(read));
            assertNotEquals(traceId(read), traceId(reconcile));
        }
    }

    @Test
    void eachAttemptIsASpan() throws Exception {
        try (RawUpstream failing = RawUpstream.start(request -> request.sendJson(503, ""));
                TestReconciler reconciler = TestReconciler.of(failing.uri())) {
            failure(reconciler.readStack());
            String first = failing.next().header("traceparent").orElseThrow();
            String second = failing.next().header("traceparent").orElseThrow();

            assertEquals(traceId(first), traceId(second));
            assertNotEquals(first, second);
        }
    }

    private static String traceId(String parent) {
        return parent.split("-", -1)[1];
    }

    @ParameterizedTest
    @CsvSource({".", ".."})
    void dotSegmentsAreNotSentAtAll(String dots) throws Exception {
        try (TestReconciler reconciler = TestReconciler.of(upstream.uri())) {
            assertEquals(
                    ErrorCode.STACK_NOT_FOUND,
                    failure(reconciler.readStack(dots)).code());
            assertEquals(
                    ErrorCode.RECONCILE_FAILED,
                    failure(reconciler.reconcile(dots, "stage-4")).code());
            assertEquals(
                    "The id '" + dots + "' cannot be sent to the upstream safely.",
                    failure(reconciler.reconcile("rig-stack", dots)).message());
        }

        assertEquals(0, upstream.requestCount());
    }

    private static void assertNoUpgradeAndNoContentType(List<String> head) {
        assertFalse(head.stream().anyMatch(line -> line.startsWith("content-type:")), head::toString);
        assertFalse(head.stream().anyMatch(line -> line.startsWith("upgrade:")), head::toString);
        assertFalse(head.stream().anyMatch(line -> line.startsWith("http2-settings:")), head::toString);
    }

    private static List<String> lines(RawUpstream.Request request) {
        return request.head().toLowerCase(Locale.ROOT).lines().toList();
    }
}
