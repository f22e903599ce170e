package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StreamSettings;
import dev.stacked.runtime.testkit.ManualTime;
import dev.stacked.runtime.testkit.ScriptedAccess;
import dev.stacked.runtime.testkit.ScriptedCall;
import dev.stacked.runtime.testkit.ScriptedReconciler;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The state of a stack once, and the nudge to poll it. */
final class StackRoutesIT {
    private static final String LISTED = "https://board.example";
    private static final Duration PATIENCE = TestServer.PATIENCE;

    private final ScriptedReconciler upstream = new ScriptedReconciler();
    private final ScriptedAccess access = new ScriptedAccess();
    private final AtomicReference<AccessScope> scope = new AtomicReference<>();
    private final ScheduledThreadPoolExecutor loop = new ScheduledThreadPoolExecutor(1);
    private final PollerRegistry registry = new PollerRegistry(
            upstream,
            StreamSettings.defaults()
                    .withPollInterval(Duration.ofHours(1))
                    .withFirstSnapshotTimeout(Duration.ofMillis(200)),
            List.of(loop),
            Clock.fixed(ManualTime.START, ZoneOffset.UTC),
            () -> 0,
            () -> "epoch");
    private final StreamAdmission admission = new StreamAdmission(StreamLimits.of(2), new Random(1), () -> 0);
    private final TestServer server = new TestServer(new Routes(routes()));
    private final HttpClient client = HttpClient.newHttpClient();

    private Map<String, HttpHandler> routes() {
        StreamAuthorizer authorizer = request -> {
            scope.set(request.scope());
            return access.answer(Access::allowed, Access::unauthenticated, Access::forbidden);
        };
        Gate gate = new Gate(authorizer, admission, new ClientAddresses(List.of()), access.clock());
        AllowedOrigins origins = new AllowedOrigins(List.of(LISTED));
        return Map.of(
                "/stacks/{id}", new SnapshotHandler(registry, gate, PATIENCE, origins),
                "/impatient/{id}", new SnapshotHandler(registry, gate, Duration.ofMillis(300), origins),
                "/stacks/{id}/refresh", new RefreshHandler(registry, gate, origins),
                "/stacks/{id}/stream", new StreamHandler(registry, gate, PATIENCE, origins, new LineTransport()));
    }

    @AfterEach
    void stop() {
        registry.close();
        server.close();
        loop.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> get(String path) {
        return send(request(path));
    }

    private HttpRequest.Builder refresh() {
        return request("/stacks/checkout/refresh").POST(HttpRequest.BodyPublishers.noBody());
    }

    private static void assertError(HttpResponse<String> answer, int status, String code) {
        assertEquals(status, answer.statusCode(), answer::body);
        JsonNode error = JsonMapper.shared().readTree(answer.body()).get("error");
        assertEquals(code, error.get("code").stringValue());
        assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse("none"));
    }

    private void awaitNoStream() {
        long start = System.nanoTime();
        while (admission.openStreams() > 0) {
            assertTrue(System.nanoTime() - start < PATIENCE.toNanos(), "A place was not given back.");
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    @Test
    void snapshotIsThePresentStateAsJson() {
        upstream.stack("checkout").stage("s1").titled("First").todos(1, 3);

        HttpResponse<String> answer = get("/stacks/checkout");

        assertEquals(200, answer.statusCode());
        JsonNode json = JsonMapper.shared().readTree(answer.body());
        assertEquals("checkout", json.get("stackId").stringValue());
        assertEquals(1, json.at("/runtimeByStageId/s1/todoCompleted").intValue());
        assertEquals(
                "application/json", answer.headers().firstValue("Content-Type").orElse("none"));
        assertEquals(
                "private, no-cache",
                answer.headers().firstValue("Cache-Control").orElse("none"));
        assertEquals("W/\"epoch-1\"", answer.headers().firstValue("ETag").orElse("none"));
        assertEquals(AccessScope.READ, scope.get());
        awaitNoStream();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "W/\"epoch-1\"            | 304",
                "\"epoch-1\"              | 304",
                "\"x\", W/\"epoch-1\"     | 304",
                "*                        | 304",
                "W/\"epoch-2\"            | 200",
                "epoch-1                  | 200",
                "''                       | 200"
            })
    void stateThatTheClientHasIsNotSentAgain(String known, int status) {
        upstream.stack("checkout").stage("s1");

        HttpResponse<String> answer = send(request("/stacks/checkout").header("If-None-Match", known));

        assertEquals(status, answer.statusCode());
        assertEquals("W/\"epoch-1\"", answer.headers().firstValue("ETag").orElse("none"));
        assertEquals(status == 304, answer.body().isEmpty());
    }

    @Test
    void tagChangesWithTheState() {
        upstream.stack("checkout").stage("s1");
        get("/stacks/checkout");

        upstream.stack("checkout").stage("s1").todos(1, 1);

        assertEquals(
                "W/\"epoch-2\"",
                get("/stacks/checkout").headers().firstValue("ETag").orElse("none"));
    }

    @Test
    void headHasNoBody() {
        upstream.stack("checkout").stage("s1");

        HttpResponse<String> answer =
                send(request("/stacks/checkout").method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertEquals(200, answer.statusCode());
        assertEquals("W/\"epoch-1\"", answer.headers().firstValue("ETag").orElse("none"));
        assertEquals("", answer.body());
        awaitNoStream();
    }

    @Test
    void stackThatIsNotThereIsNotFound() {
        assertError(get("/stacks/nowhere"), 404, "not-found");
        awaitNoStream();
    }

    @Test
    void snapshotIsNotWaitedForWithoutEnd() {
        upstream.stack("checkout").stage("s1");
        upstream.stack("checkout").hold();

        HttpResponse<String> answer = get("/stacks/checkout");

        assertError(answer, 503, "upstream-unavailable");
        assertTrue(answer.headers().firstValue("Retry-After").isPresent());
        awaitNoStream();
    }

    @Test
    void snapshotThatCannotBeHadIsUnavailable() {
        upstream.stack("checkout").failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);

        assertError(get("/stacks/checkout"), 503, "upstream-unavailable");
    }

    @Test
    void stageThatFailsDoesNotKeepTheRestBack() {
        upstream.stack("checkout").stage("s1").failsWith(ErrorCode.RECONCILE_FAILED);
        upstream.stack("checkout").stage("s2").todos(2, 2);

        HttpResponse<String> answer = get("/stacks/checkout");

        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().contains("\"s2\""), answer::body);
    }

    @Test
    void clientThatLeavesMeanwhileIsNotPolledFor() {
        upstream.stack("checkout").stage("s1");
        upstream.stack("checkout").hold();
        RawClient leaver = server.get("/stacks/checkout");
        ScriptedCall poll = upstream.awaitHeld(PATIENCE).orElseThrow();

        leaver.close();

        assertTrue(poll.awaitCancelled(PATIENCE), "The poll goes on for nobody.");
        awaitNoStream();
    }

    @Test
    void clientThatDoesNotTakeItsSnapshotIsCutOffAndItsPlaceGivenBack() {
        String large = "x".repeat(4 << 20); // more than both sockets' buffers hold
        upstream.stack("checkout").stage("s1").with("padding", JsonNodeFactory.instance.stringNode(large));
        RawClient stalled = server.get("/impatient/checkout", 4096);

        assertEquals(200, stalled.head().status());
        awaitNoStream();

        assertTrue(stalled.rest().length() < large.length(), "It should have been cut off.");
    }

    @Test
    void largeSnapshotArrivesWhole() {
        String large = "x".repeat(4 << 20);
        upstream.stack("checkout").stage("s1").with("padding", JsonNodeFactory.instance.stringNode(large));

        assertTrue(get("/stacks/checkout").body().contains(large));
        awaitNoStream();
    }

    @Test
    void snapshotIsForThoseWhoMayRead() {
        upstream.stack("checkout").stage("s1");
        access.knowsNobody();
        HttpResponse<String> unknown = get("/stacks/checkout");
        access.forbids();

        assertError(unknown, 401, "unauthenticated");
        assertTrue(unknown.headers().firstValue("WWW-Authenticate").isPresent());
        assertError(get("/stacks/checkout"), 403, "forbidden");
        assertEquals(0, upstream.callCount());
        assertEquals(1, admission.refusals().count(RefusalReason.UNAUTHENTICATED));
        assertEquals(1, admission.refusals().count(RefusalReason.FORBIDDEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stacks/checkout", "/stacks/checkout/stream"})
    void headTellsNobodyWhoMayNotReadThatThereIsSomething(String path) {
        upstream.stack("checkout").stage("s1");
        access.knowsNobody();

        HttpResponse<String> answer = send(request(path).method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertEquals(401, answer.statusCode());
        assertEquals(0, upstream.callCount());
    }

    @Test
    void snapshotCountsAsAStream() {
        upstream.stack("checkout").stage("s1");
        RawClient first = server.get("/stacks/checkout/stream");
        RawClient second = server.get("/stacks/checkout/stream");
        first.line();
        second.line();

        assertError(get("/stacks/checkout"), 503, "too-many-connections");
        assertEquals(1, admission.refusals().count(RefusalReason.STREAMS));
    }

    @Test
    void refreshPollsAStackThatIsRead() {
        upstream.stack("checkout").stage("s1");
        RawClient reader = server.get("/stacks/checkout/stream");
        reader.line();
        upstream.awaitCalls(2, PATIENCE);
        upstream.stack("checkout").stage("s1").todos(1, 1);

        HttpResponse<String> answer = send(refresh());

        assertEquals(202, answer.statusCode());
        assertEquals("", answer.body());
        assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse("none"));
        assertEquals(AccessScope.REFRESH, scope.get());
        assertTrue(upstream.awaitCalls(4, PATIENCE));
    }

    @Test
    void refreshOfAStackThatNobodyReadsAsksNobody() {
        assertEquals(202, send(refresh()).statusCode());
        assertEquals(0, upstream.callCount());
    }

    @Test
    void whatARefreshSendsIsNotLookedAt() {
        String body = "{\"event\":\"push\"}".repeat(1000);

        assertEquals(
                202,
                send(refresh().POST(HttpRequest.BodyPublishers.ofString(body))).statusCode());
    }

    @Test
    void bodyOfARefreshHasALimit() {
        HttpResponse<String> answer =
                send(refresh().POST(HttpRequest.BodyPublishers.ofByteArray(new byte[300 * 1024])));

        assertError(answer, 413, "content-too-large");
    }

    @Test
    void refreshIsForThoseWhoMay() {
        access.knowsNobody();
        assertError(send(refresh()), 401, "unauthenticated");
        access.forbids();
        assertError(send(refresh()), 403, "forbidden");
        access.fails();
        assertError(send(refresh()), 503, "unavailable");
        assertEquals(1, admission.refusals().count(RefusalReason.AUTHORIZER_UNAVAILABLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://board.example", "https://board.example:444"})
    void foreignPageCannotRefresh(String origin) {
        assertError(send(refresh().header("Origin", origin)), 403, "forbidden");
        assertEquals(1, admission.refusals().count(RefusalReason.FOREIGN_ORIGIN));
        assertNull(scope.get());
    }

    @Test
    void pageOfAListedOriginMayRefreshAndReadTheAnswer() {
        HttpResponse<String> answer = send(refresh().header("Origin", LISTED));

        assertEquals(202, answer.statusCode());
        assertEquals(
                LISTED,
                answer.headers().firstValue("Access-Control-Allow-Origin").orElse("none"));
    }

    @ParameterizedTest
    @CsvSource({"/stacks/checkout, 'GET, HEAD'", "/stacks/checkout/refresh, POST"})
    void preflightAllowsTheMethodsAndTheTokenOfListedOrigins(String path, String methods) {
        HttpResponse<String> answer = send(request(path)
                .header("Origin", LISTED)
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));

        assertEquals(204, answer.statusCode());
        assertEquals(methods + ", OPTIONS", answer.headers().firstValue("Allow").orElse("none"));
        assertEquals(
                methods,
                answer.headers().firstValue("Access-Control-Allow-Methods").orElse("none"));
        assertTrue(answer.headers()
                .firstValue("Access-Control-Allow-Headers")
                .orElse("none")
                .contains("Authorization"));
    }

    @ParameterizedTest
    @CsvSource({"/stacks/checkout, POST", "/stacks/checkout/refresh, GET", "/stacks/checkout/refresh, PUT"})
    void otherMethodsAreRefused(String path, String method) {
        HttpResponse<String> answer = send(request(path).method(method, HttpRequest.BodyPublishers.noBody()));

        assertError(answer, 405, "method-not-allowed");
        assertTrue(answer.headers().firstValue("Allow").isPresent());
    }

    @Test
    void drainingServerRefusesBoth() {
        admission.drain();

        assertError(get("/stacks/checkout"), 503, "draining");
        assertError(send(refresh()), 503, "draining");
    }
}
