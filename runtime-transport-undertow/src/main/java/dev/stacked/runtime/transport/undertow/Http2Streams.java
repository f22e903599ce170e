package dev.stacked.runtime.transport.undertow;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.util.AttachmentKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The streams of one HTTP/2 connection, which all end with it. A connection takes listeners for its end but never lets go
 * of them, and may see any number of streams: so it has this one. Confined to the connection's I/O thread.
 */
final class Http2Streams {
    private static final AttachmentKey<Http2Streams> KEY = AttachmentKey.create(Http2Streams.class);
    private static final AttachmentKey<Runnable> GONE = AttachmentKey.create(Runnable.class);

    private final Set<Runnable> gone = new HashSet<>();

    private Http2Streams() {}

    /** Has {@code gone} called if the connection ends before the exchange does. */
    static void add(HttpServerExchange exchange, Runnable gone) {
        Http2Streams streams = of(exchange.getConnection());
        streams.gone.add(gone);
        exchange.putAttachment(GONE, gone);
        exchange.addExchangeCompleteListener((completed, next) -> {
            streams.gone.remove(gone);
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
