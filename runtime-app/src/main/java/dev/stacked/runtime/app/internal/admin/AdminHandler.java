package dev.stacked.runtime.app.internal.admin;

import dev.stacked.runtime.transport.undertow.ErrorResponse;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a page to GET and HEAD. Builds it on a worker thread for each request. Thread-safe. */
final class AdminHandler implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(AdminHandler.class);
    private static final String ALLOWED = "GET, HEAD";
    private static final HttpString CONTENT_TYPE_OPTIONS = new HttpString("X-Content-Type-Options");

    private final AdminPage page;

    AdminHandler(AdminPage page) {
        this.page = page;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        HttpString method = exchange.getRequestMethod();
        if (Methods.GET.equals(method) || Methods.HEAD.equals(method)) {
            exchange.dispatch(() -> answer(exchange));
        } else {
            ErrorResponse.methodNotAllowed(ALLOWED).send(exchange);
        }
    }

    private void answer(HttpServerExchange exchange) {
        make(accept(exchange))
                .whenCompleteAsync(
                        (answer, failure) -> send(exchange, answer, failure),
                        exchange.getConnection().getWorker());
    }

    private CompletionStage<AdminAnswer> make(String accept) {
        try {
            return page.answer(accept);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static String accept(HttpServerExchange exchange) {
        List<String> headers = exchange.getRequestHeaders().get(Headers.ACCEPT);
        return headers == null ? "" : String.join(",", headers);
    }

    private static void send(HttpServerExchange exchange, @Nullable AdminAnswer answer, @Nullable Throwable failure) {
        if (answer == null) {
            LOG.error("A page of the admin server failed", failure);
            ErrorResponse.internal().send(exchange);
            return;
        }
        exchange.setStatusCode(answer.status());
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, answer.contentType());
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
        exchange.getResponseHeaders().put(CONTENT_TYPE_OPTIONS, "nosniff");
        exchange.getResponseSender().send(answer.body());
    }
}
