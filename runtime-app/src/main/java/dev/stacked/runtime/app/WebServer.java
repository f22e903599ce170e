package dev.stacked.runtime.app;

import dev.stacked.runtime.app.options.ServerOptions;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Sequence;

/** The HTTP server, set up for very many connections that mostly wait. */
final class WebServer {
    private static final int LEAST_IO_THREADS = 2;
    /** Handlers never block, so that nothing runs on these; the server wants one nevertheless. */
    private static final int WORKER_THREADS = 1;
    /** Connections that the kernel may hold for us while all clients come back at once; it caps this itself. */
    private static final int BACKLOG = 4096;
    /** Bounds what the kernel keeps for a client that reads nothing. */
    private static final int SEND_BUFFER_BYTES = 64 * 1024;

    private static final int SHUTDOWN_MILLIS = 2_000;

    private static final Sequence<String> TLS_VERSIONS = Sequence.of("TLSv1.3", "TLSv1.2");

    private final ServerOptions options;
    private final OptionMap settings;
    private final @Nullable SSLContext tls;
    private final Undertow undertow;

    /**
     * @param settings what it grants a connection
     * @param tls null for a server that speaks plain HTTP
     */
    WebServer(ServerOptions options, OptionMap settings, @Nullable SSLContext tls, HttpHandler handler) {
        this.options = options;
        this.settings = settings;
        this.tls = tls;
        int threads = Math.max(LEAST_IO_THREADS, Runtime.getRuntime().availableProcessors());
        Undertow.Builder builder = Undertow.builder()
                .setHandler(handler)
                .setIoThreads(threads)
                .setSocketOption(Options.BACKLOG, BACKLOG)
                .setSocketOption(Options.SEND_BUFFER, SEND_BUFFER_BYTES)
                .setSocketOption(Options.TCP_NODELAY, true)
                .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, SHUTDOWN_MILLIS);
        if (tls == null) {
            builder.addHttpListener(options.port(), options.host()).setWorkerThreads(WORKER_THREADS);
        } else {
            builder.addHttpsListener(options.port(), options.host(), tls)
                    .setWorkerThreads(threads) // on which the costly part of a handshake is calculated
                    .setSocketOption(Options.SSL_ENABLED_PROTOCOLS, TLS_VERSIONS)
                    .setServerOption(UndertowOptions.ENABLE_HTTP2, true);
        }
        HttpSettings.apply(settings, builder);
        this.undertow = builder.build();
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
        Undertow.ListenerInfo listener = undertow.getListenerInfo().get(0);
        if (tls == null) {
            speakHttp2(listener);
        }
        return ((InetSocketAddress) listener.getAddress()).getPort();
    }

    /**
     * Lets clients begin with HTTP/2 that know beforehand that it is spoken here, such as proxies. Had the server been
     * started with it, Undertow would offer HTTP/1.1 clients to upgrade to it too, by which requests can be smuggled past
     * a proxy.
     */
    private void speakHttp2(Undertow.ListenerInfo listener) {
        listener.setServerOptions(OptionMap.builder()
                .addAll(settings)
                .set(UndertowOptions.ENABLE_HTTP2, true)
                .getMap());
    }

    /** Cuts off whoever is still connected. Idempotent. */
    void stop() {
        undertow.stop();
    }

    /** The URL at which it listens, with the host as it was asked for. */
    String url(int port) {
        return url(tls == null ? "http" : "https", options.host(), port);
    }

    /** The URL of a server at this host, which may be an IPv6 address. */
    static String url(String scheme, String host, int port) {
        return "%s://%s:%d".formatted(scheme, host.contains(":") ? "[" + host + "]" : host, port);
    }

    private NotStartedException cannotListen(IOException reason) {
        String why = reason instanceof UnknownHostException ? "there is no such host" : reason.getMessage();
        return NotStartedException.failed(
                "Cannot listen on --host %s --port %d: %s.".formatted(options.host(), options.port(), why), reason);
    }
}
