package dev.stacked.runtime.examples.embedded;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.transport.sse.SseTransport;
import dev.stacked.runtime.transport.undertow.StackStreams;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.util.Headers;
import java.net.InetSocketAddress;

/** An Undertow server that serves the streams of stacks beside its own pages. */
public final class EmbeddedStreams implements AutoCloseable {
    private final StackStreams streams;
    private final Undertow server;

    /** Serves on a free port of the loopback interface. */
    public EmbeddedStreams(Reconciler reconciler) {
        HttpHandler home = exchange -> {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
            exchange.getResponseSender().send("my own page");
        };
        streams = StackStreams.builder(PollerRegistry.builder(reconciler).build())
                .streams("/api/stacks/{id}/runtime/stream", new SseTransport())
                .build();
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(streams.before(home))
                .build();
        server.start();
    }

    /** The port of the server. */
    public int port() {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void close() {
        streams.close();
        server.stop();
    }
}
