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

    /**
     * The same routes under a path, and also without it: some proxies remove it.
     *
     * @param basePath such as {@code /runtime}; empty for none
     */
    static Map<String, HttpHandler> under(String basePath, Map<String, HttpHandler> routes) {
        if (basePath.isEmpty()) {
            return routes;
        }
        Map<String, HttpHandler> all = new LinkedHashMap<>();
        routes.forEach((template, handler) -> all.put(basePath + template, handler));
        HttpHandler page = routes.get(AppRoutes.PAGE);
        if (page != null) {
            all.putIfAbsent(basePath, page);
        }
        routes.forEach(all::putIfAbsent);
        return all;
    }
}
