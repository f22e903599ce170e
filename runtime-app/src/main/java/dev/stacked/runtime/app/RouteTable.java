package dev.stacked.runtime.app;

import io.undertow.server.HttpHandler;
import java.util.LinkedHashMap;
import java.util.Map;

/** All routes of a server, in order of matching. */
final class RouteTable {
    private RouteTable() {}

    /** Routes of integrators come before built-in ones: the first match handles the request. */
    static Map<String, HttpHandler> of(Map<String, HttpHandler> added, Map<String, HttpHandler> own) {
        Map<String, HttpHandler> routes = new LinkedHashMap<>(added);
        own.forEach(routes::putIfAbsent);
        return routes;
    }

    /**
     * The same routes under a path, and also without it, since some proxies remove it.
     *
     * @param basePath such as {@code /runtime}; empty for the root
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
