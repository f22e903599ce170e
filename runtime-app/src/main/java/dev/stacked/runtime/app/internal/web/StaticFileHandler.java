package dev.stacked.runtime.app.internal.web;

import dev.stacked.runtime.transport.undertow.ErrorResponse;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.ETag;
import io.undertow.util.ETagUtils;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.QValueParser;
import io.undertow.util.StatusCodes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Serves the page and the client library from memory, to GET and HEAD, with entity tags, and compressed if the client
 * accepts it. Never blocks. Thread-safe.
 */
public final class StaticFileHandler implements HttpHandler {
    private static final String ALLOWED = "GET, HEAD";

    private final Map<String, StaticFile> files;
    private final String basePath;

    /**
     * Reads all files.
     *
     * @param config settings for the page
     * @param basePath path of the server as seen by browsers, such as {@code /runtime}; empty for the root. Requests
     *     may come without it
     */
    public StaticFileHandler(PageConfig config, String basePath) {
        this.files = new WebFiles(WebResources.read(), config, basePath).byPath();
        this.basePath = basePath;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        StaticFile file = find(exchange.getRequestPath());
        if (file == null) {
            ErrorResponse.routeNotFound().send(exchange);
        } else if (Methods.GET.equals(exchange.getRequestMethod())
                || Methods.HEAD.equals(exchange.getRequestMethod())) {
            send(file, exchange);
        } else {
            ErrorResponse.methodNotAllowed(ALLOWED).send(exchange);
        }
    }

    private @Nullable StaticFile find(String path) {
        StaticFile file = files.get(path);
        if (file != null || !path.startsWith(basePath)) {
            return file;
        }
        return path.equals(basePath) ? files.get("/") : files.get(path.substring(basePath.length()));
    }

    private static void send(StaticFile file, HttpServerExchange exchange) {
        boolean compressed = takesGzip(exchange);
        StaticFile.Variant variant = compressed ? file.gzipped() : file.plain();
        ETag etag = new ETag(false, variant.etag());
        file.headers().forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
        exchange.getResponseHeaders().put(Headers.ETAG, etag.toString());
        if (!ETagUtils.handleIfNoneMatch(exchange, etag, true)) {
            exchange.setStatusCode(StatusCodes.NOT_MODIFIED).endExchange();
            return;
        }
        if (compressed) {
            exchange.getResponseHeaders().put(Headers.CONTENT_ENCODING, Headers.GZIP.toString());
        }
        exchange.getResponseSender().send(variant.bytes().duplicate());
    }

    private static boolean takesGzip(HttpServerExchange exchange) {
        List<String> accepted = exchange.getRequestHeaders().get(Headers.ACCEPT_ENCODING);
        if (accepted == null) {
            return false;
        }
        Optional<QValueParser.QValueResult> gzip = QValueParser.parse(accepted).stream()
                .flatMap(List::stream)
                .filter(encoding -> Headers.GZIP.equalToString(encoding.getValue()))
                .findFirst();
        return gzip.isPresent() && !gzip.get().isQValueZero();
    }
}
