package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.access.NotAdmittedException;
import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.access.RefusalReason;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Applies an {@link OriginPolicy} to HTTP: the headers of CORS, and refusals of foreign pages. Thread-safe. */
public final class CrossOrigin {
    private static final String ALLOWED_HEADERS =
            "Authorization, Cache-Control, Content-Type, If-None-Match, Last-Event-ID";
    private static final String EXPOSED_HEADERS = "ETag, Retry-After, WWW-Authenticate";
    private static final String PREFLIGHT_MAX_AGE_SECONDS = "600";

    private static final HttpString ALLOW_ORIGIN = new HttpString("Access-Control-Allow-Origin");
    private static final HttpString EXPOSE_HEADERS = new HttpString("Access-Control-Expose-Headers");
    private static final HttpString ALLOW_CREDENTIALS = new HttpString("Access-Control-Allow-Credentials");
    private static final HttpString ALLOW_METHODS = new HttpString("Access-Control-Allow-Methods");
    private static final HttpString ALLOW_HEADERS = new HttpString("Access-Control-Allow-Headers");
    private static final HttpString MAX_AGE = new HttpString("Access-Control-Max-Age");
    private static final HttpString REQUEST_METHOD = new HttpString("Access-Control-Request-Method");

    private final OriginPolicy origins;

    /**
     * Applies a policy.
     *
     * @param origins the pages that may read streams
     */
    public CrossOrigin(OriginPolicy origins) {
        this.origins = origins;
    }

    /** The origin of the page that has sent a request, if that is neither the server's own nor listed. */
    Optional<String> foreignOrigin(HttpServerExchange exchange) {
        String origin = origin(exchange);
        return isAllowed(exchange, origin) ? Optional.empty() : Optional.ofNullable(origin);
    }

    private boolean isAllowed(HttpServerExchange exchange, @Nullable String origin) {
        return origins.allows(origin, exchange.getRequestHeaders().getFirst(Headers.HOST));
    }

    /** Lets pages of listed origins read the answer, whatever it will be. */
    void allowReading(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getResponseHeaders();
        headers.add(Headers.VARY, Headers.ORIGIN_STRING);
        String origin = origin(exchange);
        if (origin != null && origins.lists(origin)) {
            headers.put(ALLOW_ORIGIN, origin);
            headers.put(ALLOW_CREDENTIALS, "true");
            headers.put(EXPOSE_HEADERS, EXPOSED_HEADERS);
        }
    }

    /** Answers the preflight of a browser: what pages of listed origins may send. */
    void answerPreflight(HttpServerExchange exchange, String methods) {
        String origin = origin(exchange);
        if (origin != null
                && origins.lists(origin)
                && exchange.getRequestHeaders().contains(REQUEST_METHOD)) {
            HeaderMap headers = exchange.getResponseHeaders();
            headers.put(ALLOW_METHODS, methods);
            headers.put(ALLOW_HEADERS, ALLOWED_HEADERS);
            headers.put(MAX_AGE, PREFLIGHT_MAX_AGE_SECONDS);
        }
    }

    /**
     * Refuses requests from pages of a foreign origin. Programs send no origin and pass.
     *
     * @throws NotAdmittedException if the origin is neither the server's own nor listed
     */
    public void requireAllowed(HttpServerExchange exchange) {
        if (!isAllowed(exchange, origin(exchange))) {
            throw NotAdmittedException.permanently(
                    RefusalReason.FOREIGN_ORIGIN, "Pages of this origin are not allowed here.");
        }
    }

    private static @Nullable String origin(HttpServerExchange exchange) {
        return exchange.getRequestHeaders().getFirst(Headers.ORIGIN);
    }
}
