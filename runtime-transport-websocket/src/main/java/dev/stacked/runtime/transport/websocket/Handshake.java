package dev.stacked.runtime.transport.websocket;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The server's side of the opening handshake (RFC 6455, section 4.2.2). The response has three headers, and echoes
 * nothing of the request but the hash of its key. Undertow's own handshake also echoes {@code Origin} and
 * {@code Sec-WebSocket-Location}.
 */
final class Handshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private Handshake() {}

    /**
     * Accepts a valid upgrade request and ends the exchange; the connection is handed over afterwards.
     *
     * @param exchange an exchange with its upgrade listener set
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
            throw new IllegalStateException("SHA-1 is missing in this JDK.", e);
        }
    }
}
