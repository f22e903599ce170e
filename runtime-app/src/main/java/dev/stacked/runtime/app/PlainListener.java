package dev.stacked.runtime.app;

import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * HTTP/1.1 without TLS, and HTTP/2 for clients that know beforehand that it is spoken here, such as proxies.
 *
 * <p>Undertow has such a listener, but its offers HTTP/1.1 clients to upgrade to HTTP/2, by which requests can be smuggled
 * past a proxy, and never gives up a connection on which a client began with HTTP/2 and then asked for nothing.
 */
final class PlainListener {
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int NO_LIMIT = -1;
    private static final int BUFFERS_PER_THREAD = 4;

    private PlainListener() {}

    /**
     * Begins to listen.
     *
     * @param settings what a connection is granted, and when it is idle for too long
     * @param socketOptions those of the listening socket and of each that it accepts
     * @throws IOException if the address cannot be had
     */
    static AcceptingChannel<StreamConnection> open(
            XnioWorker worker,
            InetSocketAddress address,
            HttpHandler handler,
            OptionMap settings,
            OptionMap socketOptions)
            throws IOException {
        HttpOpenListener http = new HttpOpenListener(
                buffers(),
                OptionMap.builder()
                        .addAll(IdleTimeout.withoutOf(settings))
                        .set(UndertowOptions.ENABLE_HTTP2, true)
                        .getMap());
        http.setRootHandler(handler);
        ChannelListener<StreamConnection> opened = connection -> {
            endWhenIdle(connection, settings);
            http.handleEvent(connection);
        };
        AcceptingChannel<StreamConnection> listening = worker.createStreamConnectionServer(
                address, ChannelListeners.openListenerAdapter(opened), socketOptions(worker, socketOptions));
        listening.resumeAccepts();
        return listening;
    }

    static OptionMap socketOptions(XnioWorker worker, OptionMap asked) {
        return OptionMap.builder()
                .set(Options.REUSE_ADDRESSES, true)
                .set(Options.WORKER_IO_THREADS, worker.getIoThreadCount())
                .set(Options.BALANCING_TOKENS, 1)
                .set(Options.BALANCING_CONNECTIONS, 2)
                .addAll(asked)
                .getMap();
    }

    static ByteBufferPool buffers() {
        return new DefaultByteBufferPool(true, BUFFER_BYTES, NO_LIMIT, BUFFERS_PER_THREAD);
    }

    static void endWhenIdle(StreamConnection connection, OptionMap settings) {
        IdleTimeout.limit(connection, settings);
    }
}
