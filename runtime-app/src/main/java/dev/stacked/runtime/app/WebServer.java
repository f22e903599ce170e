package dev.stacked.runtime.app;

import dev.stacked.runtime.app.internal.options.ServerOptions;
import dev.stacked.runtime.transport.undertow.HttpConnections;
import dev.stacked.runtime.transport.undertow.TimeLimit;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.channels.AcceptingChannel;

/** The HTTP server, tuned for very many mostly idle connections. */
final class WebServer {
    private static final int MIN_IO_THREADS = 2;
    /** Handlers never block, so a worker has no work; Undertow requires one nevertheless. */
    private static final int WORKER_THREADS = 1;
    /** Backlog of the kernel for times when all clients reconnect at once; the kernel has its own limit. */
    private static final int BACKLOG = 4096;
    /** Bounds the kernel's buffer for a client that does not read. */
    private static final int SEND_BUFFER_BYTES = 64 * 1024;

    private static final int SHUTDOWN_MILLIS = 1_000;

    private static final OptionMap SOCKET_OPTIONS = OptionMap.builder()
            .set(Options.BACKLOG, BACKLOG)
            .set(Options.SEND_BUFFER, SEND_BUFFER_BYTES)
            .set(Options.TCP_NODELAY, true)
            .getMap();

    private final ServerOptions options;
    private final OptionMap settings;
    private final @Nullable SSLContext tls;
    private final HttpConnections connections;
    private final TimeLimit handshakeLimit;
    private final Undertow undertow;
    private @Nullable AcceptingChannel<? extends StreamConnection> listening;

    /**
     * @param settings settings of connections
     * @param connections handles accepted connections
     * @param tls null for plain HTTP
     * @param nanoTime elapsed time, like {@link System#nanoTime()}
     */
    WebServer(
            ServerOptions options,
            OptionMap settings,
            @Nullable SSLContext tls,
            HttpConnections connections,
            LongSupplier nanoTime) {
        this.options = options;
        this.settings = settings;
        this.tls = tls;
        this.connections = connections;
        this.handshakeLimit = new TimeLimit(TlsListener.HANDSHAKE_LIMIT, nanoTime);
        int threads = Math.max(MIN_IO_THREADS, Runtime.getRuntime().availableProcessors());
        this.undertow = Undertow.builder()
                .setIoThreads(threads)
                .setWorkerThreads(tls == null ? WORKER_THREADS : threads) // for the cryptography of handshakes
                .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, SHUTDOWN_MILLIS)
                .build();
    }

    /**
     * Starts listening.
     *
     * @return the port
     * @throws NotStartedException if the address is not available
     */
    synchronized int start() {
        try {
            undertow.start();
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(options.host()), options.port());
            listening = tls == null
                    ? PlainListener.open(undertow.getWorker(), address, connections, settings, SOCKET_OPTIONS)
                    : TlsListener.open(
                            undertow.getWorker(), address, tls, connections, settings, SOCKET_OPTIONS, handshakeLimit);
            return listening.getLocalAddress(InetSocketAddress.class).getPort();
        } catch (IOException e) {
            undertow.stop();
            throw cannotListen(e);
        }
    }

    /** Asks clients to open no more streams on their connections. */
    void goAway() {
        connections.goAway();
    }

    /** Closes all remaining connections. Idempotent. */
    synchronized void stop() {
        IoUtils.safeClose(listening);
        undertow.stop();
    }

    /** The URL of the page, with the host as configured, without a slash at its end. */
    String url(int port) {
        return url(tls == null ? "http" : "https", options.host(), port) + options.basePath();
    }

    /** The URL of a server on this host, which may be an IPv6 address. */
    static String url(String scheme, String host, int port) {
        return "%s://%s:%d".formatted(scheme, host.contains(":") ? "[" + host + "]" : host, port);
    }

    private NotStartedException cannotListen(IOException reason) {
        String why = reason instanceof UnknownHostException ? "there is no such host" : reason.getMessage();
        return NotStartedException.failed(
                "Cannot listen on --host %s --port %d: %s.".formatted(options.host(), options.port(), why), reason);
    }
}
