package dev.stacked.runtime.transport.undertow;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands each request to the handler of the route that its path matches; other paths get a 404 {@code
 * route-not-found}, or go to another handler ({@link #orElse}).
 *
 * <p>Paths are matched as received, without decoding, so that a stack id may hold anything. The server may be set up
 * with or without Undertow's own URL decoding. A body is read and dropped before the request is handed on; it may have
 * 256 KiB and take 10 s. Its request is the last of its connection. For a larger body to be answered with 413, the
 * server's own {@code MAX_ENTITY_SIZE} must be off. Thread-safe.
 */
public final class Routes implements HttpHandler {
    private static final AttachmentKey<Map<String, String>> VARIABLES = AttachmentKey.create(Map.class);

    /** Ample for a body that is dropped. */
    private static final Duration BODY_LIMIT = Duration.ofSeconds(10);

    private record Match(HttpHandler handler, Map<String, String> variables) {}

    private final Map<PathTemplate, HttpHandler> routes;
    private final Duration bodyLimit;
    private final LongSupplier nanoTime;
    private final @Nullable HttpHandler otherwise;

    /**
     * Routes by template, with a limit for bodies that counts pauses of the process. A path that matches several goes to
     * any of them, so give templates that exclude each other.
     *
     * @param handlers by path template, such as {@code /api/stacks/{id}/runtime/stream}
     * @throws IllegalArgumentException if a template does not start with a slash
     */
    public Routes(Map<String, HttpHandler> handlers) {
        this(handlers, () -> 0);
    }

    /**
     * Routes by template. A path that matches several goes to any of them, so give templates that exclude each other.
     *
     * @param handlers by path template, such as {@code /api/stacks/{id}/runtime/stream}
     * @param nanoTime elapsed time, as {@link System#nanoTime()} gives it
     * @throws IllegalArgumentException if a template does not start with a slash
     */
    public Routes(Map<String, HttpHandler> handlers, LongSupplier nanoTime) {
        this(handlers, BODY_LIMIT, nanoTime);
    }

    Routes(Map<String, HttpHandler> handlers, Duration bodyLimit, LongSupplier nanoTime) {
        this(parsed(handlers), bodyLimit, nanoTime, null);
    }

    private Routes(
            Map<PathTemplate, HttpHandler> routes,
            Duration bodyLimit,
            LongSupplier nanoTime,
            @Nullable HttpHandler otherwise) {
        this.routes = routes;
        this.bodyLimit = bodyLimit;
        this.nanoTime = nanoTime;
        this.otherwise = otherwise;
    }

    private static Map<PathTemplate, HttpHandler> parsed(Map<String, HttpHandler> handlers) {
        Map<PathTemplate, HttpHandler> routes = new LinkedHashMap<>();
        handlers.forEach((template, handler) -> routes.put(PathTemplate.parse(template), handler));
        return routes;
    }

    /** These routes in front of a handler that gets every other request, its body unread. */
    public Routes orElse(HttpHandler handler) {
        return new Routes(routes, bodyLimit, nanoTime, handler);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        Match match = match(rawPath(exchange));
        if (match == null && otherwise != null) {
            otherwise.handleRequest(exchange);
            return;
        }
        try {
            RequestBody.discard(exchange, bodyLimit, nanoTime, ready -> serve(ready, match));
        } catch (RefusedException e) {
            e.response().send(exchange);
        }
    }

    private @Nullable Match match(String path) {
        for (Map.Entry<PathTemplate, HttpHandler> route : routes.entrySet()) {
            Optional<Map<String, String>> variables = route.getKey().match(path);
            if (variables.isPresent()) {
                return new Match(route.getValue(), variables.get());
            }
        }
        return null;
    }

    private static void serve(HttpServerExchange exchange, @Nullable Match match) throws Exception {
        if (match == null) {
            ErrorResponse.routeNotFound().send(exchange);
        } else {
            exchange.putAttachment(VARIABLES, match.variables());
            match.handler().handleRequest(exchange);
        }
    }

    /**
     * The raw value of a variable of the matched route.
     *
     * @throws IllegalStateException if the request did not come through {@code Routes}, or the route has no such
     *     variable
     */
    static String variable(HttpServerExchange exchange, String name) {
        Map<String, String> variables = exchange.getAttachment(VARIABLES);
        if (variables == null || !variables.containsKey(name)) {
            throw new IllegalStateException("The route has no variable {" + name + "}.");
        }
        return variables.get(name);
    }

    /** Drops the variables of the matched route, which are not needed any more. */
    static void forgetVariables(HttpServerExchange exchange) {
        exchange.removeAttachment(VARIABLES);
    }

    private static String rawPath(HttpServerExchange exchange) {
        String uri = exchange.getRequestURI();
        if (!exchange.isHostIncludedInRequestURI()) {
            return uri;
        }
        int authority = uri.indexOf("://") + 3;
        int path = uri.indexOf('/', authority);
        return path < 0 ? "/" : uri.substring(path);
    }
}
