package dev.stacked.runtime.transport.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.testkit.RawClient;
import dev.stacked.runtime.testkit.ResponseHead;
import dev.stacked.runtime.transport.testkit.OneTransportServer;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CORS: the headers by which browsers decide which pages may read streams. */
final class SseCorsIT {
    private static final Map<String, String> READABLE = Map.of(
            "Access-Control-Allow-Origin", OneTransportServer.LISTED_ORIGIN,
            "Access-Control-Allow-Credentials", "true",
            "Access-Control-Expose-Headers", "ETag, Retry-After, WWW-Authenticate",
            "Vary", "Origin");
    private static final Map<String, String> UNREADABLE = Map.of("Vary", "Origin");

    private final SseRun run = new SseRun();

    @AfterEach
    void stop() {
        run.close();
    }

    private static Map<String, String> corsHeaders(ResponseHead head) {
        Map<String, String> headers = new TreeMap<>(head.headers());
        headers.keySet().removeIf(name -> !name.startsWith("Access-Control-") && !name.equals("Vary"));
        return headers;
    }

    @Test
    void listedOriginCanReadTheStream() {
        RawClient client = run.send("GET", SseRun.STREAM, "Origin: " + OneTransportServer.LISTED_ORIGIN);

        ResponseHead head = client.head();

        assertEquals("HTTP/1.1 200 OK", head.statusLine());
        assertEquals(READABLE, corsHeaders(head));
        assertTrue(client.block().contains("event: snapshot\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://board.example",
                "https://board.example:444",
                "https://board.example.evil.example",
                "https://evil.example/https://board.example",
                "null",
                "*"
            })
    void foreignOriginGetsNoWordThatItMayRead(String origin) {
        assertEquals(
                UNREADABLE,
                corsHeaders(run.send("GET", SseRun.STREAM, "Origin: " + origin).head()));
    }

    @Test
    void withoutOriginAnswersStillVaryByIt() {
        assertEquals(UNREADABLE, corsHeaders(run.send("GET", SseRun.STREAM).head()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/stacks/%20/runtime/stream", "/api/stacks/nowhere/runtime/stream"})
    void listedOriginCanReadWhyItGetsNoStream(String target) {
        ResponseHead head = run.send("GET", target, "Origin: " + OneTransportServer.LISTED_ORIGIN)
                .head();

        assertTrue(head.statusLine().startsWith("HTTP/1.1 4"), head.statusLine());
        assertEquals(READABLE, corsHeaders(head));
    }

    @Test
    void listedOriginCanReadThatTheServerDrains() {
        run.server.drain();

        ResponseHead head = run.send("GET", SseRun.STREAM, "Origin: " + OneTransportServer.LISTED_ORIGIN)
                .head();

        assertEquals("HTTP/1.1 503 Service Unavailable", head.statusLine());
        assertEquals(READABLE, corsHeaders(head));
    }

    @Test
    void listedOriginMayAskFirstAndSendALastEventId() {
        ResponseHead head = preflight(OneTransportServer.LISTED_ORIGIN);

        assertEquals("HTTP/1.1 204 No Content", head.statusLine());
        Map<String, String> expected = new TreeMap<>(READABLE);
        expected.put("Access-Control-Allow-Methods", "GET, HEAD");
        expected.put(
                "Access-Control-Allow-Headers",
                "Authorization, Cache-Control, Content-Type, If-None-Match, Last-Event-ID");
        expected.put("Access-Control-Max-Age", "600");
        assertEquals(expected, corsHeaders(head));
    }

    @Test
    void foreignOriginThatAsksFirstLearnsNothing() {
        assertEquals(UNREADABLE, corsHeaders(preflight("https://evil.example")));
    }

    private ResponseHead preflight(String origin) {
        return run.send(
                        "OPTIONS",
                        SseRun.STREAM,
                        "Origin: " + origin,
                        "Access-Control-Request-Method: GET",
                        "Access-Control-Request-Headers: last-event-id")
                .head();
    }
}
