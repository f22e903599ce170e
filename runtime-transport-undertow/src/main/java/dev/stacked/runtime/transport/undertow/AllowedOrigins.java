package dev.stacked.runtime.transport.undertow;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The web pages that may read streams besides those of the server's own origin. One list drives both: cross-origin
 * requests (CORS) and the check of WebSocket upgrades, which browsers let any page make. Thread-safe.
 */
public final class AllowedOrigins {
    private static final Pattern ORIGIN = Pattern.compile("https?://[^/?#@\\s*,]+", Pattern.CASE_INSENSITIVE);
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

    private final Set<String> origins;

    /**
     * The server's own origin and these.
     *
     * @param origins each as a browser sends it: {@code https://host} or {@code https://host:port}
     * @throws IllegalArgumentException naming the first that is no such origin
     */
    public AllowedOrigins(Collection<String> origins) {
        this.origins = origins.stream().map(AllowedOrigins::requireOrigin).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether this is an origin as a browser sends it. */
    public static boolean isOrigin(String text) {
        return ORIGIN.matcher(text).matches();
    }

    private static String requireOrigin(String origin) {
        if (!isOrigin(origin)) {
            throw new IllegalArgumentException(
                    "An allowed origin is http(s)://host or http(s)://host:port; it is '" + origin + "'.");
        }
        return origin.toLowerCase(Locale.ROOT);
    }

    /** Lets pages of listed origins read the answer, whatever it will be. */
    void allowReading(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getResponseHeaders();
        headers.add(Headers.VARY, Headers.ORIGIN_STRING);
        String origin = origin(exchange);
        if (origin != null && isListed(origin)) {
            headers.put(ALLOW_ORIGIN, origin);
            headers.put(ALLOW_CREDENTIALS, "true");
            headers.put(EXPOSE_HEADERS, EXPOSED_HEADERS);
        }
    }

    /** Tells a browser that asks first what pages of listed origins may send. */
    void answerPreflight(HttpServerExchange exchange, String methods) {
        String origin = origin(exchange);
        if (origin != null && isListed(origin) && exchange.getRequestHeaders().contains(REQUEST_METHOD)) {
            HeaderMap headers = exchange.getResponseHeaders();
            headers.put(ALLOW_METHODS, methods);
            headers.put(ALLOW_HEADERS, ALLOWED_HEADERS);
            headers.put(MAX_AGE, PREFLIGHT_MAX_AGE_SECONDS);
        }
    }

    /**
     * Refuses requests that a page of a foreign origin has made. Programs send no origin and pass.
     *
     * @throws RefusedException if the origin is neither the server's own nor listed
     */
    public void requireAllowed(HttpServerExchange exchange) {
        String origin = origin(exchange);
        if (origin != null && !isListed(origin) && !isOwn(origin, exchange)) {
            throw new RefusedException(
                    RefusalReason.FOREIGN_ORIGIN,
                    new ErrorResponse(
                            StatusCodes.FORBIDDEN,
                            "forbidden",
                            "Pages of this origin are not allowed here.",
                            Map.of()));
        }
    }

    private boolean isListed(String origin) {
        return origins.contains(origin.toLowerCase(Locale.ROOT));
    }

    /** By host and port alone: behind a proxy that ends TLS the scheme is not the browser's. */
    private static boolean isOwn(String origin, HttpServerExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst(Headers.HOST);
        int scheme = origin.indexOf("://");
        return host != null && scheme > 0 && origin.substring(scheme + 3).equalsIgnoreCase(host);
    }

    private static @Nullable String origin(HttpServerExchange exchange) {
        return exchange.getRequestHeaders().getFirst(Headers.ORIGIN);
    }
}
