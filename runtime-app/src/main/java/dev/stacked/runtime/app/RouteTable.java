package dev.stacked.runtime.app;

import io.undertow.server.HttpHandler;
import java.util.LinkedHashMap;
import java.util.Map;

/** All routes of a server, in the order in which they are matched. */
final class RouteTable {
    private RouteTable() {}

    /** Those that integrators add, then ours: of two that match a path, the first answers. */
    static Map<String, HttpHandler> of(Map<String, HttpHandler> added, Map<String, HttpHandler> own) {
        Map<String, HttpHandler> routes = new LinkedHashMap<>(added);
        own.forEach(routes::putIfAbsent);
        return routes;
    }
}
