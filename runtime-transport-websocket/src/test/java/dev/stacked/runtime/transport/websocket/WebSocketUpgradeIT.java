package dev.stacked.runtime.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.ResponseHead;
import dev.stacked.runtime.transport.testkit.OneTransportServer;
import dev.stacked.runtime.transport.testkit.TransportLimits;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Upgrade requests: which are accepted, and the HTTP responses to refused ones. */
final class WebSocketUpgradeIT {
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

    private final WebSocketRun run = new WebSocketRun(new TransportLimits(1, Patience.LIMIT));

    @AfterEach
    void stop() {
        run.close();
    }

    private static ResponseHead assertRefused(FrameClient client, String status, String code, String message) {
        ResponseHead head = client.head();
        assertEquals("HTTP/1.1 " + status, head.statusLine());
        assertEquals("application/json", head.headers().get("Content-Type"));
        assertEquals("no-store", head.headers().get("Cache-Control"));
        assertEquals("{\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}".formatted(code, message), client.body(head));
        return head;
    }

    @Test
    void upgradeIsAnsweredAsTheStandardSays() {
        ResponseHead head = run.upgrade(WebSocketRun.STREAM + "?token=secret", "Origin: http://localhost")
                .head();

        assertEquals("HTTP/1.1 101 Switching Protocols", head.statusLine());
        Map<String, String> headers = new TreeMap<>(head.headers());
        headers.remove("Date");
        assertEquals(
                Map.of(
                        "Upgrade", "websocket",
                        "Connection", "Upgrade",
                        "Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                        "Vary", "Origin"),
                headers);
    }

    @Test
    void tokensAreReadInAnyCaseAmongOthers() {
        FrameClient client = run.send(
                "GET",
                WebSocketRun.STREAM,
                "UPGRADE: h2c, WebSocket",
                "connection: keep-alive, upgrade",
                "sec-websocket-version: 13",
                KEY);

        assertEquals("HTTP/1.1 101 Switching Protocols", client.head().statusLine());
    }

    @Test
    void extensionsAndSubprotocolsAreNotAgreedTo() {
        ResponseHead head = run.upgrade(
                        WebSocketRun.STREAM,
                        "Sec-WebSocket-Extensions: permessage-deflate",
                        "Sec-WebSocket-Protocol: chat")
                .head();

        assertEquals("HTTP/1.1 101 Switching Protocols", head.statusLine());
        assertNull(head.headers().get("Sec-WebSocket-Extensions"));
        assertNull(head.headers().get("Sec-WebSocket-Protocol"));
    }

    @Test
    void plainRequestIsToldToUpgrade() {
        assertUpgradeRequired(run.send("GET", WebSocketRun.STREAM));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sec-WebSocket-Version: 8", "Sec-WebSocket-Version: 14", "X: y"})
    void otherVersionIsToldTheRightOne(String version) {
        assertUpgradeRequired(
                run.send("GET", WebSocketRun.STREAM, "Upgrade: websocket", "Connection: Upgrade", version, KEY));
    }

    @Test
    void otherProtocolIsToldTheRightOne() {
        assertUpgradeRequired(run.send(
                "GET",
                WebSocketRun.STREAM,
                "Upgrade: websockets",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                KEY));
    }

    private static void assertUpgradeRequired(FrameClient client) {
        ResponseHead head = assertRefused(
                client, "426 Upgrade Required", "upgrade-required", "This address speaks WebSocket version 13 only.");
        assertEquals("websocket", head.headers().get("Upgrade"));
        assertEquals("Upgrade", head.headers().get("Connection"));
        assertEquals("13", head.headers().get("Sec-WebSocket-Version"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-WebSocket-Key: short",
                "Sec-WebSocket-Key: ",
                "Sec-WebSocket-Key: %%%",
                "X: y",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZSE="
            })
    void badKeyIsInvalid(String key) {
        FrameClient client = run.send(
                "GET",
                WebSocketRun.STREAM,
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                key);

        assertRefused(client, "400 Bad Request", "invalid-input", "Sec-WebSocket-Key must be 16 bytes in base64.");
    }

    @Test
    void blankIdIsInvalid() {
        assertRefused(
                run.upgrade("/api/stacks/%20/runtime/ws"), "400 Bad Request", "invalid-input", "Stack id is required.");
    }

    @Test
    void unknownStackIsNotFound() {
        assertRefused(run.upgrade("/api/stacks/nowhere/runtime/ws"), "404 Not Found", "not-found", "Stack not found.");
        run.awaitStreams(0);
    }

    @Test
    void streamBeyondTheLimitIsToldToComeBack() {
        run.open();

        ResponseHead head = assertRefused(
                run.upgrade(WebSocketRun.STREAM),
                "503 Service Unavailable",
                "too-many-connections",
                "The server has reached its limit of 1 streams.");

        assertTrue(head.headers().get("Retry-After").matches("[1-5]"));
    }

    @Test
    void newcomersAreToldToComeBackWhileTheServerDrains() {
        run.server.drain();

        ResponseHead head = assertRefused(
                run.upgrade(WebSocketRun.STREAM),
                "503 Service Unavailable",
                "draining",
                "The server is shutting down.");

        assertTrue(head.headers().get("Retry-After").matches("[1-5]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT"})
    void otherMethodIsNotAllowed(String method) {
        ResponseHead head = assertRefused(
                run.send(method, WebSocketRun.STREAM),
                "405 Method Not Allowed",
                "method-not-allowed",
                "Only GET, HEAD, OPTIONS are allowed here.");

        assertEquals("GET, HEAD, OPTIONS", head.headers().get("Allow"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost", "https://localhost", OneTransportServer.LISTED_ORIGIN})
    void ownAndListedOriginsGetAWebSocket(String origin) {
        FrameClient client = run.upgrade(WebSocketRun.STREAM, "Origin: " + origin);

        assertEquals("HTTP/1.1 101 Switching Protocols", client.head().statusLine());
        assertTrue(client.text().contains("\"event\":\"snapshot\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "http://localhost:81", "http://localhost.evil.example", "null"})
    void foreignOriginIsForbiddenBeforeTheUpgrade(String origin) {
        assertRefused(
                run.upgrade(WebSocketRun.STREAM, "Origin: " + origin),
                "403 Forbidden",
                "origin-not-allowed",
                "Pages of this origin are not allowed here.");
        assertEquals(0, run.upstream.callCount());
        assertEquals(0, run.server.openStreams());
    }
}
