package dev.stacked.runtime.app;

import dev.stacked.runtime.transport.undertow.HttpConnections;
import dev.stacked.runtime.transport.undertow.ProgressTimer;
import dev.stacked.runtime.transport.undertow.TimeLimit;
import io.undertow.connector.ByteBufferPool;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.DefaultByteBufferPool;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Sequence;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;
import org.xnio.ssl.SslConnection;

/**
 * HTTP/2 and HTTP/1.1 over TLS, chosen by ALPN.
 *
 * <p>Undertow's own listener waits without limit for a client that stops in its handshake, and allows clients of TLS
 * 1.2 any number of renegotiations. Here the JDK refuses renegotiations if {@link #REJECT_RENEGOTIATION} was set before
 * it first used TLS; otherwise a second handshake ends the connection.
 */
final class TlsListener {
    private static final Sequence<String> VERSIONS = Sequence.of("TLSv1.3", "TLSv1.2");
    /** A system property of the JDK. */
    static final String REJECT_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

    /** The same as for a request's headers. */
    static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(10);

    /** A TLS record with its overhead. */
    private static final int RECORD_BYTES = 17 * 1024;
    /** Buffers that stay allocated while not in use: 1 MiB. */
    private static final int MAX_POOLED_BUFFERS = 64;

    private static final int BUFFERS_PER_THREAD = 12;

    private TlsListener() {}

    /**
     * Starts listening.
     *
     * @param connections handles accepted connections
     * @param settings contains the idle timeout
     * @param socketOptions options of the listening socket and of accepted ones
     * @param handshakeLimit time limit of a client's handshake, such as {@link #HANDSHAKE_LIMIT}
     * @throws IOException if the address is not available
     */
    static AcceptingChannel<? extends StreamConnection> open(
            XnioWorker worker,
            InetSocketAddress address,
            SSLContext tls,
            HttpConnections connections,
            OptionMap settings,
            OptionMap socketOptions,
            TimeLimit handshakeLimit)
            throws IOException {
        ChannelListener<StreamConnection> alpn = connections.tls();
        ChannelListener<StreamConnection> opened = connection -> {
            PlainListener.endWhenIdle(connection, settings);
            limitHandshake((SslConnection) connection, handshakeLimit);
            alpn.handleEvent(connection);
        };
        AcceptingChannel<? extends StreamConnection> listening = new UndertowXnioSsl(
                        Xnio.getInstance(), OptionMap.create(Options.USE_DIRECT_BUFFERS, false), buffers(), tls)
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

    /**
     * A pool in the heap. Undertow's own pool for TLS keeps as many buffers as were ever in use, and a direct buffer
     * that leaves a pool is freed only when its I/O thread releases the next one, which may never happen.
     */
    private static ByteBufferPool buffers() {
        return new DefaultByteBufferPool(false, RECORD_BYTES, MAX_POOLED_BUFFERS, BUFFERS_PER_THREAD);
    }

    /** A handshake that sends a byte now and then does not count as idle. */
    private static void limitHandshake(SslConnection connection, TimeLimit limit) {
        ProgressTimer timer = limit.timer(connection.getIoThread(), () -> IoUtils.safeClose(connection));
        timer.start();
        connection.setCloseListener(closed -> timer.end());
        connection.getHandshakeSetter().set(first -> {
            timer.end();
            connection.getHandshakeSetter().set(renegotiated -> IoUtils.safeClose(connection));
        });
    }
}
