package dev.stacked.runtime.transport.undertow;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * Keeps reading from the client while its stream runs, which Undertow itself does not, so that a client that leaves is
 * noticed at once. What it sends is dropped. Confined to the connection's I/O thread.
 */
final class PeerWatch {
    private final HttpServerConnection connection;
    private final Runnable gone;

    private PeerWatch(HttpServerConnection connection, Runnable gone) {
        this.connection = connection;
        this.gone = gone;
    }

    /** @param gone is called when the connection is closed by whomever, or the client has ended its side */
    static void start(HttpServerExchange exchange, Runnable gone) {
        exchange.getConnection().addCloseListener(closed -> gone.run());
        if (exchange.getConnection() instanceof HttpServerConnection connection) {
            PeerWatch watch = new PeerWatch(connection, gone);
            ConduitStreamSourceChannel source = connection.getChannel().getSourceChannel();
            source.setReadListener(watch::readable);
            source.resumeReads();
        }
    }

    /** Reads once: whoever sends more than a buffer waits for the next turn. */
    private void readable(ConduitStreamSourceChannel source) {
        try (PooledByteBuffer pooled = connection.getByteBufferPool().allocate()) {
            ByteBuffer buffer = pooled.getBuffer();
            if (source.read(buffer) < 0) {
                gone.run();
            }
        } catch (IOException e) {
            gone.run();
        }
    }
}
