package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.access.ClientAddresses;
import dev.stacked.runtime.testkit.RawClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertow.UndertowOptions;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/** A server on a free port, and its clients. */
final class TestServer implements AutoCloseable {
    /** Small, so that a client that does not read stalls its stream soon. */
    private static final int SEND_BUFFER = 8192;

    /** Whether Undertow decodes paths and queries itself, which it does by default. */
    enum UrlDecoding {
        ON,
        OFF
    }

    /** None that a test reaches but by intent. */
    static final ConnectionLimits LIMITS = new ConnectionLimits(
            ConnectionLimits.NONE, 1000, 1_000_000, 1_000_000, 1_000_000, 1 << 30, 1 << 30, Duration.ofHours(1));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final HttpConnections connections;
    private final XnioWorker worker;
    private final AcceptingChannel<? extends StreamConnection> listening;
    private final Queue<RawClient> clients = new ConcurrentLinkedQueue<>();

    TestServer(HttpHandler handler) {
        this(handler, UrlDecoding.OFF);
    }

    TestServer(HttpHandler handler, UrlDecoding decoding) {
        this(handler, decoding, 1);
    }

    TestServer(HttpHandler handler, UrlDecoding decoding, int ioThreads) {
        this(
                handler,
                OptionMap.builder()
                        .set(UndertowOptions.DECODE_URL, decoding == UrlDecoding.ON)
                        .set(UndertowOptions.BUFFER_PIPELINED_DATA, false)
                        .set(UndertowOptions.MAX_ENTITY_SIZE, -1L)
                        .getMap(),
                ioThreads,
                LIMITS);
    }

    TestServer(HttpHandler handler, OptionMap settings, int ioThreads, ConnectionLimits limits) {
        this(handler, settings, ioThreads, limits, null);
    }

    /** @param tls null for clear text */
    TestServer(
            HttpHandler handler, OptionMap settings, int ioThreads, ConnectionLimits limits, @Nullable SSLContext tls) {
        connections = new HttpConnections(
                handler, settings, limits, new ClientAddresses(List.of()), meters, System::nanoTime);
        try {
            worker = Xnio.getInstance()
                    .createWorker(OptionMap.create(Options.WORKER_IO_THREADS, ioThreads, Options.TCP_NODELAY, true));
            listening = listen(worker, ioThreads, tls);
            listening.resumeAccepts();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private AcceptingChannel<? extends StreamConnection> listen(XnioWorker on, int ioThreads, @Nullable SSLContext tls)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        OptionMap sockets = OptionMap.builder()
                .set(Options.SEND_BUFFER, SEND_BUFFER)
                .set(Options.TCP_NODELAY, true)
                .set(Options.WORKER_IO_THREADS, ioThreads)
                .set(Options.BALANCING_TOKENS, 1)
                .set(Options.BALANCING_CONNECTIONS, 2)
                .getMap();
        return tls == null
                ? on.createStreamConnectionServer(
                        address, ChannelListeners.openListenerAdapter(connections.plain()), sockets)
                : new UndertowXnioSsl(Xnio.getInstance(), OptionMap.EMPTY, tls)
                        .createSslConnectionServer(
                                on, address, ChannelListeners.openListenerAdapter(connections.tls()), sockets);
    }

    HttpConnections connections() {
        return connections;
    }

    /** How often a connection has reached this limit. */
    double reached(ConnectionLimit limit) {
        String name = limit.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return meters.get("runtime.connection.limits")
                .tag("limit", name)
                .counter()
                .count();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + port());
    }

    int port() {
        return listening.getLocalAddress(InetSocketAddress.class).getPort();
    }

    /** Sends a GET request of which nothing is read yet. */
    RawClient get(String target) {
        return get(target, 0);
    }

    RawClient get(String target, int receiveBuffer) {
        RawClient client = new RawClient(base(), receiveBuffer);
        clients.add(client);
        return client.send("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port() + "\r\n\r\n");
    }

    @Override
    public void close() {
        clients.forEach(RawClient::close);
        IoUtils.safeClose(listening);
        worker.shutdownNow();
    }
}
