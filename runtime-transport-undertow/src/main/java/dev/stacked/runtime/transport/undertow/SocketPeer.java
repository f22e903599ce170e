package dev.stacked.runtime.transport.undertow;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.server.protocol.http.PipeliningBufferingStreamSinkConduit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * A client with a connection for this stream alone: HTTP/1.1 and WebSocket. While the stream runs this keeps reading
 * from it, which Undertow itself does not, so that a client that leaves is noticed at once.
 */
final class SocketPeer implements Peer {
    /** How long a client may take to close its side once we have closed ours. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final HttpServerExchange exchange;
    private final HttpServerConnection connection;

    SocketPeer(HttpServerExchange exchange, HttpServerConnection connection) {
        this.exchange = exchange;
        this.connection = connection;
    }

    @Override
    public void watch(Consumer<ByteBuffer> received, Runnable gone) {
        connection.addCloseListener(closed -> gone.run());
        ConduitStreamSourceChannel source = connection.getChannel().getSourceChannel();
        source.setReadListener(readable -> read(readable, received, gone));
        source.resumeReads();
    }

    /** Reads one buffer; more bytes wait for the next turn. */
    private void read(ConduitStreamSourceChannel source, Consumer<ByteBuffer> received, Runnable gone) {
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

    /** Bytes that the client has sent meanwhile were not read as a request, so there can be no next one. */
    @Override
    public void refusing() {
        exchange.setPersistent(false);
    }

    /** Undertow holds back answers to a client that sent more than its request, to gather them. */
    @Override
    public boolean flush(StreamSinkChannel sink) throws IOException {
        PipeliningBufferingStreamSinkConduit heldBack = connection.getPipelineBuffer();
        return sink.flush() && (heldBack == null || heldBack.flushPipelinedData());
    }

    @Override
    public void ending(Runnable close) {
        exchange.getIoThread().executeAfter(close, LINGER.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The client has its time to close the connection. */
    @Override
    public void ended(Runnable close) {}

    @Override
    public void close() {
        IoUtils.safeClose(connection);
    }
}
