package dev.stacked.runtime.transport.undertow;

import io.undertow.protocols.http2.Http2Channel;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.AttachmentKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The streams of one HTTP/2 connection, which all end with it. Registers one close listener for all of them: a
 * connection keeps its listeners as long as it lives. Confined to the connection's I/O thread.
 */
final class Http2Streams {
    private static final AttachmentKey<Http2Streams> KEY = AttachmentKey.create(Http2Streams.class);
    private static final AttachmentKey<Runnable> GONE = AttachmentKey.create(Runnable.class);

    private final Set<Runnable> gone = new HashSet<>();

    private Http2Streams() {}

    /** Begins to watch a connection on which no stream has begun. */
    static void watch(Http2Channel connection) {
        Http2Streams streams = new Http2Streams();
        connection.putAttachment(KEY, streams);
        connection.addCloseTask(closed -> streams.closed());
    }

    /** Has {@code gone} called if the client resets the stream, or the connection ends, before the exchange does. */
    static void add(HttpServerExchange exchange, Runnable gone) {
        exchange.putAttachment(GONE, gone);
        onConnectionEnd(exchange, gone);
    }

    /**
     * Has {@code ended} called if the connection ends before the exchange does, which Undertow then does not complete.
     * Does nothing over HTTP/1.1, where it does.
     */
    static void onConnectionEnd(HttpServerExchange exchange, Runnable ended) {
        if (exchange.getConnection() instanceof HttpServerConnection) {
            return;
        }
        Http2Streams streams = of(exchange.getConnection());
        streams.gone.add(ended);
        exchange.addExchangeCompleteListener((completed, next) -> {
            streams.gone.remove(ended);
            next.proceed();
        });
    }

    /** The client has reset the stream of this exchange. */
    static void reset(HttpServerExchange exchange) {
        Runnable gone = exchange.removeAttachment(GONE);
        if (gone != null) {
            gone.run();
        }
    }

    /**
     * Connections of {@link HttpConnections} are watched from their beginning. On those of Undertow's own listeners,
     * the listener keeps the exchange of the first stream: Undertow has a {@code ServerConnection} for each stream.
     */
    private static Http2Streams of(ServerConnection connection) {
        Http2Streams known = connection.getAttachment(KEY);
        if (known != null) {
            return known;
        }
        Http2Streams streams = new Http2Streams();
        connection.putAttachment(KEY, streams);
        connection.addCloseListener(closed -> streams.closed());
        return streams;
    }

    private void closed() {
        List.copyOf(gone).forEach(Runnable::run);
    }
}
