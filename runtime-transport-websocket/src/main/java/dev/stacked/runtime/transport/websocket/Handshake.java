package dev.stacked.runtime.transport.websocket;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The server's part of the opening handshake (RFC 6455, section 4.2.2): three headers and nothing from the request but
 * the hash of its key. Undertow's own handshake also sends {@code Origin} and {@code Sec-WebSocket-Location} back.
 */
final class Handshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private Handshake() {}

    /**
     * Answers a valid upgrade request and ends the exchange, after which its connection is handed over.
     *
     * @param exchange on which the upgrade listener is set
     */
    static void answer(HttpServerExchange exchange) {
        String key = exchange.getRequestHeaders().getFirst(Headers.SEC_WEB_SOCKET_KEY);
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(Headers.UPGRADE, "websocket");
        headers.put(Headers.CONNECTION, Headers.UPGRADE_STRING);
        headers.put(Headers.SEC_WEB_SOCKET_ACCEPT, accept(key.strip()));
        exchange.endExchange();
    }

    static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-1.", e);
        }
    }
}
