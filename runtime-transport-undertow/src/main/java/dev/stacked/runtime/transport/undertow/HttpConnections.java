package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.access.AdmissionRequest;
import dev.stacked.runtime.access.ClientAddresses;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.AlpnOpenListener;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.server.protocol.http2.Http2OpenListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;

/**
 * Serves accepted connections: HTTP/1.1 and HTTP/2 within {@link ConnectionLimits}, which are checked before any
 * handler runs. Undertow's own listeners do not have these limits. Thread-safe.
 */
public final class HttpConnections {
    private static final String HTTP_1 = "http/1.1";
    private static final int PREFERENCE = 10;
    private static final int BUFFER_BYTES = 16 * 1024;
    /** Buffers that stay allocated when they are not in use: 1 MiB. */
    private static final int MAX_POOLED_BUFFERS = 64;

    private static final int BUFFERS_PER_THREAD = 4;
    /** Undertow counts resets in windows; our rates allow ten seconds' worth at once, too. */
    private static final int WINDOW_SECONDS = 10;

    private final ConnectionLimits limits;
    private final ClientAddresses addresses;
    private final ConnectionMeters meters;
    private final WaitingBytes waiting;
    private final HttpOpenListener http1;
    private final Http2Connections http2;
    private final OptionMap settings;
    private final LongSupplier nanoTime;
    private final Map<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();

    /**
     * Serves connections by a handler.
     *
     * @param handler handles all requests; an {@link AnswerTimeLimit} bounds its answers
     * @param settings Undertow's settings; those of its HTTP/2 limits are replaced
     * @param limits the limits of a connection
     * @param addresses knows the trusted proxies, whose connections are not limited
     * @param meters receives the meters
     * @param nanoTime elapsed time, as {@link System#nanoTime()} gives it
     */
    public HttpConnections(
            HttpHandler handler,
            OptionMap settings,
            ConnectionLimits limits,
            ClientAddresses addresses,
            MeterRegistry meters,
            LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.addresses = addresses;
        this.meters = new ConnectionMeters(meters);
        this.waiting = new WaitingBytes(limits, this.meters);
        this.settings = OptionMap.builder()
                .addAll(settings)
                .set(UndertowOptions.ENABLE_HTTP2, false) // an HTTP/1.1 listener would offer an upgrade
                .set(UndertowOptions.HTTP2_SETTINGS_ENABLE_PUSH, false)
                .set(UndertowOptions.HTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, limits.streams())
                .set(UndertowOptions.MAX_RST_FRAMES_PER_WINDOW, WINDOW_SECONDS * limits.resetsPerSecond())
                .set(UndertowOptions.RST_FRAMES_TIME_WINDOW, WINDOW_SECONDS * 1000)
                .getMap();
        HttpHandler timed = new AnswerTimeLimit(limits.writeTimeout(), nanoTime, handler);
        HttpHandler limited = exchange -> {
            waiting.attachTo(exchange);
            timed.handleRequest(exchange);
        };
        this.http1 = new HttpOpenListener(buffers(), this.settings);
        this.http1.setRootHandler(limited);
        this.http2 = new Http2Connections(buffers(), this.settings, limits, this.meters, waiting, nanoTime, limited);
    }

    private static ByteBufferPool buffers() {
        return new DefaultByteBufferPool(true, BUFFER_BYTES, MAX_POOLED_BUFFERS, BUFFERS_PER_THREAD);
    }

    /** For clear text: HTTP/1.1, and HTTP/2 with prior knowledge. Offers no upgrade from one to the other. */
    public ChannelListener<StreamConnection> plain() {
        return connection -> {
            if (admits(connection)) {
                new ProtocolChoice(http1, http2, settings, nanoTime).handleEvent(connection);
            }
        };
    }

    /** For TLS connections before their handshake: the version that the client chooses by ALPN. */
    public ChannelListener<StreamConnection> tls() {
        AlpnOpenListener alpn = new AlpnOpenListener(buffers(), settings, HTTP_1, http1)
                .addProtocol(Http2OpenListener.HTTP2, http2, PREFERENCE);
        return connection -> {
            if (admits(connection)) {
                alpn.handleEvent(connection);
            }
        };
    }

    /** Counts a connection until it is closed, or closes it at once. */
    private boolean admits(StreamConnection connection) {
        InetSocketAddress peer = connection.getPeerAddress(InetSocketAddress.class);
        if (peer == null) {
            IoUtils.safeClose(connection); // the client has left
            return false;
        }
        meters.opened();
        connection.setCloseListener(closed -> meters.closed());
        if (addresses.isTrusted(peer.getAddress())) {
            return true;
        }
        InetAddress address = AdmissionRequest.network(peer.getAddress());
        int connections = byAddress.merge(address, 1, Integer::sum);
        connection.setCloseListener(closed -> byAddress.compute(address, HttpConnections::less));
        if (connections > limits.perAddress()) {
            meters.reached(ConnectionLimit.CONNECTIONS_PER_ADDRESS);
            IoUtils.safeClose(connection);
            return false;
        }
        return true;
    }

    private static @Nullable Integer less(InetAddress address, @Nullable Integer count) {
        return count == null || count == 1 ? null : count - 1;
    }

    /**
     * Asks HTTP/2 clients to begin no more streams, on present and future connections. Open streams continue; new ones
     * are refused with a code that allows clients to repeat them elsewhere. Idempotent.
     */
    public void goAway() {
        http2.goAway();
    }

    /** Bytes that wait for clients. */
    long heldBytes() {
        return waiting.total();
    }

    /** Number of addresses with connections. */
    int addresses() {
        return byAddress.size();
    }
}
