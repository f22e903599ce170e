package dev.stacked.runtime.transport.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.RawClient;
import dev.stacked.runtime.testkit.ResponseHead;
import dev.stacked.runtime.transport.testkit.TransportLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact responses to refused requests. */
final class SseRefusalIT {
    private final SseRun run = new SseRun(new TransportLimits(1, Patience.LIMIT));

    @AfterEach
    void stop() {
        run.close();
    }

    private static ResponseHead assertRefused(RawClient client, String status, String code, String message) {
        ResponseHead head = client.head();
        assertEquals("HTTP/1.1 " + status, head.statusLine());
        assertEquals("application/json", head.headers().get("Content-Type"));
        assertEquals("no-store", head.headers().get("Cache-Control"));
        assertEquals("{\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}".formatted(code, message), client.body(head));
        return head;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%20", "%20%20", "%09", "%E2%80%83"})
    void idThatIsMissingOrBlankIsInvalid(String id) {
        RawClient client = run.send("GET", "/api/stacks/" + id + "/runtime/stream");

        assertRefused(client, "400 Bad Request", "invalid-input", "Stack id is required.");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    a%00b, 'Stack id holds the character U+0000; control characters are not allowed.'
                    a%0D%0Ab, 'Stack id holds the character U+000D; control characters are not allowed.'
                    a%7Fb, 'Stack id holds the character U+007F; control characters are not allowed.'
                    a%C2%85b, 'Stack id holds the character U+0085; control characters are not allowed.'
                    a%C3, Stack id is not valid UTF-8.
                    a%ED%A0%80, Stack id is not valid UTF-8.
                    %C0%AF, Stack id is not valid UTF-8.
                    """)
    void idThatBreaksARuleIsInvalid(String id, String message) {
        RawClient client = run.send("GET", "/api/stacks/" + id + "/runtime/stream");

        assertRefused(client, "400 Bad Request", "invalid-input", message);
    }

    @Test
    void idThatIsTooLongIsInvalidWhateverItsEncodedLength() {
        String longest = "%F0%9F%9A%80".repeat(200);
        run.upstream.stack("🚀".repeat(200)).stage("s1");

        RawClient tooLong = run.send("GET", "/api/stacks/" + longest + "x/runtime/stream");

        assertRefused(
                tooLong,
                "400 Bad Request",
                "invalid-input",
                "Stack id is 201 characters long; at most 200 are allowed.");
        RawClient justRight = run.send("GET", "/api/stacks/" + longest + "/runtime/stream");
        assertEquals("HTTP/1.1 200 OK", justRight.head().statusLine());
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "GET"})
    void invalidIdIsRefusedWithoutAskingTheUpstream(String method) {
        RawClient client = run.send(method, "/api/stacks/%20/runtime/stream");

        assertEquals("HTTP/1.1 400 Bad Request", client.head().statusLine());
        assertEquals(0, run.upstream.callCount());
    }

    /** Undertow itself refuses invalid URIs, with its own response. */
    @ParameterizedTest
    @ValueSource(strings = {"a%", "a%2", "a%G0", "a|b", "\u00e9"})
    void targetThatIsNoUriIsABadRequest(String id) {
        RawClient client = run.send("GET", "/api/stacks/" + id + "/runtime/stream");

        assertEquals("HTTP/1.1 400 Bad Request", client.head().statusLine());
        assertEquals("", client.rest());
    }

    @Test
    void unknownStackIsNotFound() {
        assertRefused(
                run.send("GET", "/api/stacks/nowhere/runtime/stream"),
                "404 Not Found",
                "not-found",
                "Stack not found.");
        run.awaitStreams(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/api/stacks/checkout/runtime/stream/", "/api/stacks/a/b/runtime/stream", "/favicon.ico"})
    void otherPathIsNotFound(String path) {
        assertRefused(run.send("GET", path), "404 Not Found", "route-not-found", "No such page.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "BREW"})
    void otherMethodIsNotAllowed(String method) {
        RawClient client = run.send(method, SseRun.STREAM, "Content-Length: 4").send("body");

        ResponseHead head = assertRefused(
                client, "405 Method Not Allowed", "method-not-allowed", "Only GET, HEAD, OPTIONS are allowed here.");
        assertEquals("GET, HEAD, OPTIONS", head.headers().get("Allow"));
    }

    @Test
    void refusedClientTakesNoPlaceThoughItStaysConnected() {
        RawClient refused = run.send("GET", "/api/stacks/nowhere/runtime/stream");
        assertEquals("HTTP/1.1 404 Not Found", refused.head().statusLine());

        assertEquals("HTTP/1.1 200 OK", run.send("GET", SseRun.STREAM).head().statusLine());
    }

    @Test
    void streamBeyondTheLimitIsToldToComeBackAndNobodyIsEvicted() {
        RawClient first = run.open();

        ResponseHead head = assertRefused(
                run.send("GET", SseRun.STREAM),
                "503 Service Unavailable",
                "too-many-connections",
                "The server has reached its limit of 1 streams.");

        assertComesBackSoon(head);
        assertTrue(first.block().startsWith("id: epoch-1\nevent: snapshot\n"));
    }

    @Test
    void newcomersAreToldToComeBackWhileTheServerDrains() {
        run.server.drain();

        ResponseHead head = assertRefused(
                run.send("GET", SseRun.STREAM), "503 Service Unavailable", "draining", "The server is shutting down.");

        assertComesBackSoon(head);
    }

    @Test
    void clientWhoseStreamHadNotOpenedIsToldToComeBackWhenTheServerDrains() {
        run.stack().hold();
        RawClient waiting = run.send("GET", SseRun.STREAM);
        run.heldPoll();

        run.server.drain();
        run.registry.close();

        assertComesBackSoon(
                assertRefused(waiting, "503 Service Unavailable", "draining", "The server is shutting down."));
        run.awaitStreams(0);
    }

    private static void assertComesBackSoon(ResponseHead head) {
        int seconds = Integer.parseInt(head.headers().get("Retry-After"));
        assertTrue(seconds >= 1 && seconds <= 5, () -> "Retry-After: " + seconds);
    }

    @Test
    void connectionOutlivesARefusal() {
        RawClient client = run.send("GET", "/api/stacks/%20/runtime/stream");
        client.body(client.head());

        client.request("POST", SseRun.STREAM);
        client.body(client.head());

        assertEquals(
                "HTTP/1.1 200 OK", client.request("GET", SseRun.STREAM).head().statusLine());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: 4\r\n\r\nbody", "Transfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n"})
    void requestWithABodyIsInvalid(String rest) {
        RawClient client = run.connect().send("GET " + SseRun.STREAM + " HTTP/1.1\r\nHost: localhost\r\n" + rest);

        assertRefused(client, "400 Bad Request", "invalid-input", "GET and HEAD have no body here.");
    }
}
