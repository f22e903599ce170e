package dev.stacked.runtime.app;

import dev.stacked.runtime.app.internal.options.AdminOptions;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The HTTP server for operators, on its own port and threads. Thread-safe. */
final class AdminServer {
    private static final int IO_THREADS = 1;
    private static final int WORKER_THREADS = 2;
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int REQUEST_PARSE_MILLIS = 10_000;
    private static final int IDLE_CONNECTION_MILLIS = 60_000;
    /** Unlimited here: {@code Routes} has a limit, and responds before it closes. */
    private static final long NO_LIMIT = -1;
    /** Bounds the wait for a page that hangs at shutdown. */
    private static final int SHUTDOWN_MILLIS = 1_000;

    private final AdminOptions options;
    private final int publicPort;
    private final HttpHandler handler;
    private @Nullable Undertow undertow;

    /** @param publicPort the port of the server for streams */
    AdminServer(AdminOptions options, int publicPort, HttpHandler handler) {
        this.options = options;
        this.publicPort = publicPort;
        this.handler = handler;
    }

    /**
     * Starts listening.
     *
     * @return the URL; empty if the admin server is disabled
     * @throws NotStartedException if the configured address is not available
     */
    synchronized Optional<String> start() {
        AdminOptions.Port port = options.port();
        if (port instanceof AdminOptions.Port.Fixed fixed) {
            return Optional.of(listen(fixed.port()));
        }
        return port instanceof AdminOptions.Port.DefaultOrFree ? Optional.of(listenSomewhere()) : Optional.empty();
    }

    private String listenSomewhere() {
        if (publicPort == AdminOptions.Port.DEFAULT) {
            return listen(0);
        }
        try {
            return listen(AdminOptions.Port.DEFAULT);
        } catch (NotStartedException e) {
            if (e.getCause() instanceof BindException) {
                return listen(0);
            }
            throw e;
        }
    }

    private String listen(int port) {
        Undertow server = Undertow.builder()
                .addHttpListener(port, options.host())
                .setHandler(handler)
                .setIoThreads(IO_THREADS)
                .setWorkerThreads(WORKER_THREADS)
                .setServerOption(UndertowOptions.DECODE_URL, false)
                .setServerOption(UndertowOptions.BUFFER_PIPELINED_DATA, false)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, NO_LIMIT)
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADER_BYTES)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, REQUEST_PARSE_MILLIS)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_CONNECTION_MILLIS)
                .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, SHUTDOWN_MILLIS)
                .build();
        try {
            server.start();
        } catch (RuntimeException e) {
            throw e.getCause() instanceof IOException reason ? cannotListen(port, reason) : e;
        }
        undertow = server;
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        return WebServer.url("http", options.host(), address.getPort());
    }

    private NotStartedException cannotListen(int port, IOException reason) {
        String why = reason instanceof UnknownHostException ? "there is no such host" : reason.getMessage();
        return NotStartedException.failed(
                "Cannot listen on --admin-host %s --admin-port %d: %s.".formatted(options.host(), port, why), reason);
    }

    /** Idempotent. */
    synchronized void stop() {
        if (undertow != null) {
            undertow.stop();
            undertow = null;
        }
    }
}
