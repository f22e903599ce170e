package dev.stacked.runtime.transport.undertow;

import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.function.Consumer;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.ConduitStreamSinkChannel;

/**
 * A client with one of many streams on its HTTP/2 connection. Nothing is read from it: its request is complete, and
 * what it says after that is control frames, which Undertow reads for the whole connection.
 *
 * <p>Flow control needs nothing of its own: bytes for which the client has opened no window stay unflushed, just like
 * those that a full socket does not take.
 */
final class Http2Peer implements Peer {
    private final HttpServerExchange exchange;
    private final ConduitStreamSinkChannel output;

    Http2Peer(HttpServerExchange exchange) {
        this.exchange = exchange;
        this.output = Connectors.getConduitSinkChannel(exchange);
    }

    /** Undertow closes the output of a stream that its client resets, and calls the listener that waits for room. */
    @Override
    public void watch(Consumer<ByteBuffer> received, Runnable gone) {
        Http2Streams.add(exchange, gone);
        output.setWriteListener(writable -> {
            if (!writable.isOpen()) {
                gone.run();
            }
        });
        if (!output.isOpen()) {
            gone.run(); // the client reset the stream while it was being authorized
        }
    }

    /** The connection goes on, and the client's next request on it. */
    @Override
    public void refusing() {}

    /**
     * Flushes twice: the first time Undertow is content if it has sent what the window had room for, and would leave
     * the rest until more is written.
     */
    @Override
    public boolean flush(StreamSinkChannel sink) throws IOException {
        if (!sink.isOpen()) {
            throw new ClosedChannelException(); // the client has reset the stream, which a flush does not report
        }
        if (!sink.flush()) {
            return false;
        }
        return sink.flush();
    }

    /** A client that does not take the last bytes is left to the write timeout: its connection is not ours to hurry. */
    @Override
    public void ending(Runnable close) {}

    @Override
    public void ended(Runnable close) {
        close.run();
    }

    /**
     * Resets the stream, unless it is over; closing the output frees what it still held. Undertow's own way to end an
     * exchange would answer a client's reset by another one.
     */
    @Override
    public void close() {
        if (output.isOpen()) {
            IoUtils.safeClose(exchange.getConnection());
            IoUtils.safeClose(output);
        }
        Connectors.terminateResponse(exchange);
    }
}
