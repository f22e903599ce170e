package dev.stacked.runtime.app;

import dev.stacked.runtime.transport.undertow.ErrorResponse;
import io.undertow.server.HttpHandler;

/**
 * The built-in routes. A module that adds a route with the same path template replaces the built-in one; a module that
 * adds {@link #ABSENT} removes it.
 *
 * <p>Routes are added to a {@code MapBinder} from path template to {@link HttpHandler}, or with
 * {@code ProvidesIntoMap}. They are matched before the built-in ones, and are also served under {@code --base-path}. A
 * route does not call the authorizer by itself: see {@link dev.stacked.runtime.transport.undertow.AuthorizedHandler}.
 */
public final class AppRoutes {
    /** The page. */
    public static final String PAGE = "/";

    /** Files of the client library; files in its folders are at {@code /client/{folder}/{file}}. */
    public static final String LIBRARY = "/client/{file}";

    /** A stack's events as Server-Sent Events. */
    public static final String SSE = "/api/stacks/{id}/runtime/stream";

    /** A stack's events over WebSocket. */
    public static final String WEBSOCKET = "/api/stacks/{id}/runtime/ws";

    /** A stack's current state. */
    public static final String SNAPSHOT = "/api/stacks/{id}/runtime";

    /** The nudge that polls a stack at once. */
    public static final String REFRESH = "/api/stacks/{id}/runtime/refresh";

    /** Answers like a path without a route: 404 {@code route-not-found}. */
    public static final HttpHandler ABSENT =
            exchange -> ErrorResponse.routeNotFound().send(exchange);

    private AppRoutes() {}
}
