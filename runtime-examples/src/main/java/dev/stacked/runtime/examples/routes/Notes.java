package dev.stacked.runtime.examples.routes;

import dev.stacked.runtime.core.StackId;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;

/** What people wrote about stacks. The app closes it when it ends, after the routes that use it. */
final class Notes implements AutoCloseable {
    private volatile boolean closed;

    void send(HttpServerExchange exchange, StackId stack) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
        exchange.getResponseSender().send("Nothing was written about " + stack + ".");
    }

    boolean isClosed() {
        return closed;
    }

    /** Here a connection to a database would be given back. */
    @Override
    public void close() {
        closed = true;
    }
}
