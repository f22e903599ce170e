package dev.stacked.runtime.transport.undertow;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * Keeps reading from the client while its stream runs, which Undertow itself does not, so that a client that leaves is
 * noticed at once. Confined to the connection's I/O thread.
 */
final class PeerWatch {
    private final HttpServerConnection connection;
    private final Consumer<ByteBuffer> received;
    private final Runnable gone;

    private PeerWatch(HttpServerConnection connection, Consumer<ByteBuffer> received, Runnable gone) {
        this.connection = connection;
        this.received = received;
        this.gone = gone;
    }

    /**
     * @param received gets what the client sends, in a buffer that is only valid during the call
     * @param gone is called when the connection is closed by whomever, or the client has ended its side
     */
    static void start(HttpServerExchange exchange, Consumer<ByteBuffer> received, Runnable gone) {
        exchange.getConnection().addCloseListener(closed -> gone.run());
        if (exchange.getConnection() instanceof HttpServerConnection connection) {
            PeerWatch watch = new PeerWatch(connection, received, gone);
            ConduitStreamSourceChannel source = connection.getChannel().getSourceChannel();
            source.setReadListener(watch::readable);
            source.resumeReads();
        }
    }

    /** Reads once: whoever sends more than a buffer waits for the next turn. */
    private void readable(ConduitStreamSourceChannel source) {
        try (PooledByteBuffer pooled = connection.getByteBufferPool().allocate()) {
            ByteBuffer buffer = pooled.getBuffer();
            int read = source.read(buffer);
            if (read < 0) {
                gone.run();
            } else if (read > 0) {
                received.accept(buffer.flip());
            }
        } catch (IOException e) {
            gone.run();
        }
    }
}
