package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.testkit.RawClient;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.xnio.Options;

/** A server on a free port, and its clients. */
final class TestServer implements AutoCloseable {
    /** Small, so that a client that does not read stalls its stream soon. */
    private static final int SEND_BUFFER = 8192;

    /** Whether Undertow decodes paths and queries itself, which it does by default. */
    enum UrlDecoding {
        ON,
        OFF
    }

    private final Undertow undertow;
    private final Queue<RawClient> clients = new ConcurrentLinkedQueue<>();

    TestServer(HttpHandler handler) {
        this(handler, UrlDecoding.OFF);
    }

    TestServer(HttpHandler handler, UrlDecoding decoding) {
        this(handler, decoding, 1);
    }

    TestServer(HttpHandler handler, UrlDecoding decoding, int ioThreads) {
        undertow = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setIoThreads(ioThreads)
                .setWorkerThreads(1)
                .setSocketOption(Options.SEND_BUFFER, SEND_BUFFER)
                .setSocketOption(Options.TCP_NODELAY, true)
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .setServerOption(UndertowOptions.BUFFER_PIPELINED_DATA, false)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
                .setServerOption(UndertowOptions.DECODE_URL, decoding == UrlDecoding.ON)
                .setHandler(handler)
                .build();
        undertow.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + port());
    }

    int port() {
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
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
        undertow.stop();
    }
}
