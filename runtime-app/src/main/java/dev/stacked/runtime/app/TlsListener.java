package dev.stacked.runtime.app;

import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.AlpnOpenListener;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.server.protocol.http2.Http2OpenListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Sequence;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioExecutor;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;
import org.xnio.ssl.SslConnection;

/**
 * HTTP/2 and HTTP/1.1 over TLS, as the client wants by ALPN.
 *
 * <p>Undertow has such a listener, but waits for ever for a client that does not go on with its handshake.
 */
final class TlsListener {
    private static final Sequence<String> VERSIONS = Sequence.of("TLSv1.3", "TLSv1.2");
    private static final String HTTP_1 = "http/1.1";
    private static final int PREFERENCE = 10;
    /** As long as for a request's headers. */
    private static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(10);

    private TlsListener() {}

    /**
     * Begins to listen.
     *
     * @param settings what a connection is granted, and when it is idle for too long
     * @param socketOptions those of the listening socket and of each that it accepts
     * @throws IOException if the address cannot be had
     */
    static AcceptingChannel<? extends StreamConnection> open(
            XnioWorker worker,
            InetSocketAddress address,
            SSLContext tls,
            HttpHandler handler,
            OptionMap settings,
            OptionMap socketOptions)
            throws IOException {
        return open(worker, address, tls, handler, settings, socketOptions, HANDSHAKE_LIMIT);
    }

    static AcceptingChannel<? extends StreamConnection> open(
            XnioWorker worker,
            InetSocketAddress address,
            SSLContext tls,
            HttpHandler handler,
            OptionMap settings,
            OptionMap socketOptions,
            Duration handshakeLimit)
            throws IOException {
        AlpnOpenListener alpn = alpn(handler, IdleTimeout.withoutOf(settings));
        ChannelListener<StreamConnection> opened = connection -> {
            PlainListener.endWhenIdle(connection, settings);
            limitHandshake((SslConnection) connection, handshakeLimit);
            alpn.handleEvent(connection);
        };
        AcceptingChannel<? extends StreamConnection> listening = new UndertowXnioSsl(
                        Xnio.getInstance(), OptionMap.create(Options.USE_DIRECT_BUFFERS, true), tls)
                .createSslConnectionServer(
                        worker,
                        address,
                        ChannelListeners.openListenerAdapter(opened),
                        OptionMap.builder()
                                .addAll(PlainListener.socketOptions(worker, socketOptions))
                                .set(Options.SSL_ENABLED_PROTOCOLS, VERSIONS)
                                .getMap());
        listening.resumeAccepts();
        return listening;
    }

    /** To send a byte of it now and then is not to be idle. */
    private static void limitHandshake(SslConnection connection, Duration limit) {
        XnioExecutor.Key timer = connection
                .getIoThread()
                .executeAfter(() -> IoUtils.safeClose(connection), limit.toMillis(), TimeUnit.MILLISECONDS);
        connection.getHandshakeSetter().set(shaken -> timer.remove());
    }

    private static AlpnOpenListener alpn(HttpHandler handler, OptionMap settings) {
        HttpOpenListener http1 = new HttpOpenListener(PlainListener.buffers(), settings);
        http1.setRootHandler(handler);
        Http2OpenListener http2 = new Http2OpenListener(PlainListener.buffers(), settings);
        http2.setRootHandler(handler);
        AlpnOpenListener alpn = new AlpnOpenListener(PlainListener.buffers(), settings, HTTP_1, http1);
        return alpn.addProtocol(Http2OpenListener.HTTP2, http2, PREFERENCE);
    }
}
