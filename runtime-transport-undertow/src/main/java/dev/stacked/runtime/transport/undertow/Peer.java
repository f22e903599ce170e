package dev.stacked.runtime.transport.undertow;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.xnio.channels.StreamSinkChannel;

/**
 * The client of one stream, as far as the version of HTTP makes a difference: to HTTP/1.1 the stream is the connection,
 * to HTTP/2 it is one of many on it. Confined to the connection's I/O thread.
 */
sealed interface Peer permits SocketPeer, Http2Peer {
    /** The client that sent this request. */
    static Peer of(HttpServerExchange exchange) {
        return exchange.getConnection() instanceof HttpServerConnection connection
                ? new SocketPeer(exchange, connection)
                : new Http2Peer(exchange);
    }

    /**
     * Begins to watch for the client's leaving. To be called once, before anything is written.
     *
     * @param received gets what the client sends on its stream, in a buffer that is only valid during the call
     * @param gone is called when the client or anyone else has ended the stream or its connection
     */
    void watch(Consumer<ByteBuffer> received, Runnable gone);

    /** Called before a request is refused whose client was watched. */
    void refusing();

    /** Sends what was written (see {@link SocketWriter.Flush}). */
    boolean flush(StreamSinkChannel sink) throws IOException;

    /** Called before the last bytes are written. */
    void ending(Runnable close);

    /** Called after the last bytes were written. */
    void ended(Runnable close);

    /** Ends the stream at once, and no other. */
    void close();
}
