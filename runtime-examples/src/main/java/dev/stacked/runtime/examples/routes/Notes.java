package dev.stacked.runtime.examples.routes;

import dev.stacked.runtime.core.StackId;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;

/** Notes about stacks. The app closes them at its end, after the routes that use them. */
final class Notes implements AutoCloseable {
    private volatile boolean closed;

    void send(HttpServerExchange exchange, StackId stack) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
        exchange.getResponseSender().send("Nothing was written about " + stack + ".");
    }

    boolean isClosed() {
        return closed;
    }

    /** A real implementation would close its database connection here. */
    @Override
    public void close() {
        closed = true;
    }
}
