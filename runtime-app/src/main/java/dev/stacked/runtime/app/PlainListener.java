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
 * HTTP/1.1 without TLS, and HTTP/2 for clients with prior knowledge, such as proxies.
 *
 * <p>Undertow's own listener offers HTTP/1.1 clients an upgrade to HTTP/2, which allows requests to be smuggled past a
 * proxy. It also never closes a connection whose client starts HTTP/2 and sends no request.
 */
final class PlainListener {
    private PlainListener() {}

    /**
     * Starts listening.
     *
     * @param connections handles accepted connections
     * @param settings contains the idle timeout
     * @param socketOptions options of the listening socket and of accepted ones
     * @throws IOException if the address is not available
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
