package dev.stacked.runtime.transport.websocket;

import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.transport.undertow.CrossOrigin;
import dev.stacked.runtime.transport.undertow.ErrorResponse;
import dev.stacked.runtime.transport.undertow.Framing;
import dev.stacked.runtime.transport.undertow.RefusedException;
import dev.stacked.runtime.transport.undertow.StreamTransport;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Protocols;
import io.undertow.util.StatusCodes;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** WebSocket (RFC 6455, version 13, no extensions): every event is one text frame. Thread-safe. */
public final class WebSocketTransport implements StreamTransport {
    private static final String VERSION = "13";
    private static final int KEY_LENGTH = 16;

    private final CrossOrigin origins;

    /**
     * Creates a transport; one instance serves all streams.
     *
     * @param origins the origins that may open a WebSocket: browsers let any page connect, and send cookies along
     */
    public WebSocketTransport(OriginPolicy origins) {
        this.origins = new CrossOrigin(origins);
    }

    @Override
    public String name() {
        return "websocket";
    }

    @Override
    public Framing framing(HttpServerExchange exchange) {
        requireUpgrade(exchange);
        origins.requireAllowed(exchange);
        return new WebSocketFraming();
    }

    /** Refuses HEAD requests, which cannot upgrade. */
    @Override
    public void answerHead(HttpServerExchange exchange) {
        requireUpgrade(exchange);
    }

    private static void requireUpgrade(HttpServerExchange exchange) {
        if (exchange.getProtocol().equals(Protocols.HTTP_2_0)) { // has neither upgrades nor their headers
            throw new RefusedException(ErrorResponse.invalidInput("A WebSocket is opened over HTTP/1.1 here."));
        }
        HeaderMap headers = exchange.getRequestHeaders();
        boolean asked = "GET".equals(exchange.getRequestMethod().toString())
                && lists(headers, Headers.UPGRADE, "websocket")
                && lists(headers, Headers.CONNECTION, "upgrade");
        if (!asked || !VERSION.equals(headers.getFirst(Headers.SEC_WEB_SOCKET_VERSION))) {
            throw new RefusedException(new ErrorResponse(
                    StatusCodes.UPGRADE_REQUIRED,
                    "upgrade-required",
                    "This address speaks WebSocket version " + VERSION + " only.",
                    Map.of(
                            Headers.UPGRADE_STRING, "websocket",
                            Headers.CONNECTION_STRING, "Upgrade",
                            Headers.SEC_WEB_SOCKET_VERSION_STRING, VERSION)));
        }
        if (!isKey(headers.getFirst(Headers.SEC_WEB_SOCKET_KEY))) {
            throw new RefusedException(
                    ErrorResponse.invalidInput("Sec-WebSocket-Key must be " + KEY_LENGTH + " bytes in base64."));
        }
    }

    private static boolean lists(HeaderMap headers, HttpString name, String token) {
        String value = headers.getFirst(name);
        if (value == null) {
            return false;
        }
        for (String element : value.split(",", -1)) {
            if (element.strip().equalsIgnoreCase(token)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isKey(@Nullable String key) {
        try {
            return key != null && Base64.getDecoder().decode(key.strip()).length == KEY_LENGTH;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
