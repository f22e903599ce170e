package dev.stacked.runtime.app;

import dev.stacked.runtime.app.options.ServerOptions;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.xnio.Options;

/** The HTTP server, set up for very many connections that mostly wait. */
final class WebServer {
    private static final int LEAST_IO_THREADS = 2;
    /** Handlers never block, so that nothing runs on these; the server wants one nevertheless. */
    private static final int WORKER_THREADS = 1;
    /** Connections that the kernel may hold for us while all clients come back at once; it caps this itself. */
    private static final int BACKLOG = 4096;
    /** Bounds what the kernel keeps for a client that reads nothing. */
    private static final int SEND_BUFFER_BYTES = 64 * 1024;

    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_HEADERS = 100;
    private static final int REQUEST_PARSE_MILLIS = 10_000;
    private static final int IDLE_CONNECTION_MILLIS = 60_000;
    private static final int SHUTDOWN_MILLIS = 2_000;

    private final ServerOptions options;
    private final Undertow undertow;

    WebServer(ServerOptions options, HttpHandler handler) {
        this.options = options;
        this.undertow = Undertow.builder()
                .addHttpListener(options.port(), options.host())
                .setHandler(handler)
                .setIoThreads(Math.max(LEAST_IO_THREADS, Runtime.getRuntime().availableProcessors()))
                .setWorkerThreads(WORKER_THREADS)
                .setSocketOption(Options.BACKLOG, BACKLOG)
                .setSocketOption(Options.SEND_BUFFER, SEND_BUFFER_BYTES)
                .setSocketOption(Options.TCP_NODELAY, true)
                .setServerOption(UndertowOptions.DECODE_URL, false)
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADER_BYTES)
                .setServerOption(UndertowOptions.MAX_HEADERS, MAX_HEADERS)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, REQUEST_PARSE_MILLIS)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_CONNECTION_MILLIS)
                .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, SHUTDOWN_MILLIS)
                .build();
    }

    /**
     * Begins to listen.
     *
     * @return the port
     * @throws NotStartedException if the address cannot be had
     */
    int start() {
        try {
            undertow.start();
        } catch (RuntimeException e) {
            throw e.getCause() instanceof IOException reason ? cannotListen(reason) : e;
        }
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }

    /** Cuts off whoever is still connected. Idempotent. */
    void stop() {
        undertow.stop();
    }

    /** The URL at which it listens, with the host as it was asked for. */
    String url(int port) {
        return url(options.host(), port);
    }

    /** The URL of a server at this host, which may be an IPv6 address. */
    static String url(String host, int port) {
        return "http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, port);
    }

    private NotStartedException cannotListen(IOException reason) {
        String why = reason instanceof UnknownHostException ? "there is no such host" : reason.getMessage();
        return NotStartedException.failed(
                "Cannot listen on --host %s --port %d: %s.".formatted(options.host(), options.port(), why), reason);
    }
}
