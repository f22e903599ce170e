package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.access.Access;
import dev.stacked.runtime.access.AccessScope;
import dev.stacked.runtime.access.RefusalReason;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.RawClient;
import dev.stacked.runtime.testkit.ScriptedCall;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The state of a stack once. */
final class SnapshotRouteIT extends StackRoutes {
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
        awaitNoStream();
        registry.refresh(new StackId("checkout")); // or the answer is that of the last poll

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

    @ParameterizedTest
    @CsvSource({
        "GET, Content-Length: 3, abc",
        "GET, Transfer-Encoding: chunked, '0\r\n\r\n'",
        "HEAD, Transfer-Encoding: chunked, '0\r\n\r\n'"
    })
    void requestWithABodyIsRefused(String method, String header, String body) {
        upstream.stack("checkout").stage("s1");
        for (String path : new String[] {"/stacks/checkout", "/stacks/checkout/stream"}) {
            try (RawClient client = new RawClient(server.base())) {
                client.send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n" + body);

                assertEquals(400, client.head().status());
            }
        }
        assertEquals(0, upstream.callCount());
    }

    @Test
    void headOfAStreamAndARequestAfterItAreBothAnswered() {
        upstream.stack("checkout").stage("s1");
        String version = " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (RawClient client = new RawClient(server.base())) {
            client.send("HEAD /stacks/checkout/stream" + version + "GET /stacks/checkout" + version);

            assertEquals(200, client.head().status());
            assertEquals(200, client.head().status());
        }
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
        ScriptedCall poll = upstream.awaitHeld(Patience.LIMIT).orElseThrow();

        leaver.close();

        assertTrue(poll.awaitCancelled(Patience.LIMIT), "The poll goes on for nobody.");
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

    @ParameterizedTest
    @ValueSource(strings = {"/stacks/checkout", "/stacks/checkout/stream"})
    void clientThatResetsItsRequestWhileTheAuthorizerIsAskedIsNotPolledFor(String path) {
        upstream.stack("checkout").stage("s1");
        CompletableFuture<Access> answer = new CompletableFuture<>();
        lateAnswer = answer;
        Http2Client leaver = new Http2Client(server.port(), Http2Client.WIDE, 0, Patience.LIMIT);
        int id = leaver.get(path);
        Patience.await("a question to the authorizer", () -> scope.get() != null);

        leaver.reset(id);
        leaver.roundTrip();
        answer.complete(Access.anybody());
        leaver.roundTrip();

        awaitNoStream();
        assertEquals(0, upstream.callCount());
        leaver.close();
    }
}
