package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.access.NotAdmittedException;
import dev.stacked.runtime.access.RefusalReason;
import io.undertow.io.IoCallback;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answer to a refused request: {@code {"error":{"code":…,"message":…}}}.
 *
 * @param status the HTTP status
 * @param code the error for programs, such as {@code not-found}
 * @param message the error for people, one sentence
 * @param headers more headers, by name
 */
public record ErrorResponse(int status, String code, String message, Map<String, String> headers) {
    /** RFC 9110, section 15.5.20; Undertow does not know it. */
    private static final int MISDIRECTED_REQUEST = 421;

    /** Copies the headers. */
    public ErrorResponse {
        headers = Map.copyOf(headers);
    }

    /** 400: the request breaks a rule that {@code message} names. */
    public static ErrorResponse invalidInput(String message) {
        return new ErrorResponse(StatusCodes.BAD_REQUEST, "invalid-input", message, Map.of());
    }

    /** 404: the upstream reports that the stack does not exist. */
    public static ErrorResponse stackNotFound() {
        return new ErrorResponse(StatusCodes.NOT_FOUND, "not-found", "Stack not found.", Map.of());
    }

    /** 404: the server has no such route, which says nothing about any stack. */
    public static ErrorResponse routeNotFound() {
        return new ErrorResponse(StatusCodes.NOT_FOUND, "route-not-found", "No such page.", Map.of());
    }

    /** 405, with the methods that would do. */
    public static ErrorResponse methodNotAllowed(String allowed) {
        return new ErrorResponse(
                StatusCodes.METHOD_NOT_ALLOWED,
                "method-not-allowed",
                "Only " + allowed + " are allowed here.",
                Map.of(Headers.ALLOW_STRING, allowed));
    }

    /** 503: not now, but {@code retryAfter} later, in whole seconds. */
    public static ErrorResponse unavailable(String code, String message, Duration retryAfter) {
        return new ErrorResponse(
                StatusCodes.SERVICE_UNAVAILABLE,
                code,
                message,
                Map.of(Headers.RETRY_AFTER_STRING, seconds(retryAfter)));
    }

    /** The answer to a request that is not admitted, according to the reason. */
    static ErrorResponse notAdmitted(NotAdmittedException refusal) {
        Map<String, String> headers = new HashMap<>();
        refusal.retryAfter().ifPresent(time -> headers.put(Headers.RETRY_AFTER_STRING, seconds(time)));
        refusal.challenge().ifPresent(challenge -> headers.put(Headers.WWW_AUTHENTICATE_STRING, challenge));
        RefusalReason reason = refusal.reason();
        return new ErrorResponse(status(reason), code(reason), String.valueOf(refusal.getMessage()), headers);
    }

    private static int status(RefusalReason reason) {
        return switch (reason) {
            case UNAUTHENTICATED -> StatusCodes.UNAUTHORIZED;
            case FORBIDDEN, FOREIGN_ORIGIN -> StatusCodes.FORBIDDEN;
            case FOREIGN_HOST -> MISDIRECTED_REQUEST;
            default -> StatusCodes.SERVICE_UNAVAILABLE;
        };
    }

    private static String code(RefusalReason reason) {
        return switch (reason) {
            case UNAUTHENTICATED -> "unauthenticated";
            case FORBIDDEN -> "forbidden";
            case FOREIGN_ORIGIN -> "origin-not-allowed";
            case FOREIGN_HOST -> "host-not-allowed";
            case DRAINING -> "draining";
            case AUTHORIZER_UNAVAILABLE -> "unavailable";
            default -> "too-many-connections";
        };
    }

    private static String seconds(Duration time) {
        return Long.toString(time.toSeconds());
    }

    /** 500: an internal error, without details for the client. */
    public static ErrorResponse internal() {
        return new ErrorResponse(
                StatusCodes.INTERNAL_SERVER_ERROR, "internal", "The server failed to answer.", Map.of());
    }

    /** Sends this as the whole answer and ends the exchange. Call it on the exchange's I/O thread. */
    public void send(HttpServerExchange exchange) {
        send(exchange, IoCallback.END_EXCHANGE);
    }

    /** @param sent runs when the client has accepted the answer */
    void send(HttpServerExchange exchange, IoCallback sent) {
        exchange.setStatusCode(status);
        HeaderMap responseHeaders = exchange.getResponseHeaders();
        headers.forEach((name, value) -> responseHeaders.put(new HttpString(name), value));
        responseHeaders.put(Headers.CONTENT_TYPE, "application/json");
        responseHeaders.put(Headers.CACHE_CONTROL, "no-store");
        exchange.getResponseSender().send(ByteBuffer.wrap(body()), sent);
    }

    private byte[] body() {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.putObject("error").put("code", code).put("message", message);
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
