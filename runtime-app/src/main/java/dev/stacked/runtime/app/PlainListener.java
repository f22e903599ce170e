package dev.stacked.runtime.app;

import dev.stacked.runtime.transport.undertow.HttpConnections;
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
    private PlainListener() {}

    /**
     * Begins to listen.
     *
     * @param connections what is done with those that are accepted
     * @param settings when a connection is idle for too long
     * @param socketOptions those of the listening socket and of each that it accepts
     * @throws IOException if the address cannot be had
     */
    static AcceptingChannel<StreamConnection> open(
            XnioWorker worker,
            InetSocketAddress address,
            HttpConnections connections,
            OptionMap settings,
            OptionMap socketOptions)
            throws IOException {
        ChannelListener<StreamConnection> http = connections.plain();
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

    static void endWhenIdle(StreamConnection connection, OptionMap settings) {
        IdleTimeout.limit(connection, settings);
    }
}
