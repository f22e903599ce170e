package dev.stacked.runtime.examples.embedded;

import dev.stacked.runtime.access.ClientAddresses;
import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.access.StreamAdmission;
import dev.stacked.runtime.access.StreamAuthorizer;
import dev.stacked.runtime.access.StreamLimits;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.transport.sse.SseTransport;
import dev.stacked.runtime.transport.undertow.AccessFilter;
import dev.stacked.runtime.transport.undertow.Routes;
import dev.stacked.runtime.transport.undertow.StreamHandler;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.util.Headers;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/** A server of one's own that has, beside its other pages, the streams of stacks. */
public final class EmbeddedStreams implements AutoCloseable {
    private final PollerRegistry registry;
    private final Undertow server;

    /** Serves on a free port of the loopback interface. */
    public EmbeddedStreams(Reconciler reconciler) {
        RandomGenerator random = new Random();
        registry = PollerRegistry.builder(reconciler).build();
        AccessFilter filter = new AccessFilter(
                StreamAuthorizer.OPEN,
                new StreamAdmission(StreamLimits.of(1_000), random, System::nanoTime),
                new ClientAddresses(List.of()),
                Clock.systemUTC());
        HttpHandler streams = new StreamHandler(
                registry, filter, Duration.ofSeconds(30), OriginPolicy.ownOnly(), new SseTransport(random));
        HttpHandler home = exchange -> {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
            exchange.getResponseSender().send("my own page");
        };
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(Handlers.path(home)
                        .addPrefixPath("/api", new Routes(Map.of("/api/stacks/{id}/runtime/stream", streams))))
                .build();
        server.start();
    }

    /** The port that it listens on. */
    public int port() {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void close() {
        registry.close();
        server.stop();
    }
}
