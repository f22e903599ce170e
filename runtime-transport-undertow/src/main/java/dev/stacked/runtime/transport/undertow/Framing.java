package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.StreamEnd;
import io.undertow.server.HttpServerExchange;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.xnio.channels.StreamSinkChannel;

/**
 * The bytes of one stream, in both directions. All methods are called on the stream's I/O thread and must not block.
 * Buffers may be shared between streams: they are only read, through duplicates.
 */
public interface Framing {
    /**
     * Accepts the request, and hands over the channel to write to: at once or later on the same thread.
     *
     * @param outlet the stream, for what this framing sends on its own account
     */
    void open(HttpServerExchange exchange, StreamOutlet outlet, Consumer<StreamSinkChannel> opened);

    /** The first bytes, sent together with the head and the first events. */
    ByteBuffer greeting();

    /**
     * The bytes of an event, made once for all streams (see {@link EncodedEvent#framed}): for the same event always the
     * same buffer, so that streams that are due the same events can share one write.
     */
    ByteBuffer frame(EncodedEvent event);

    /** The last bytes; may be empty. */
    ByteBuffer farewell(StreamEnd end);

    /** Receives bytes that the client sent on the open stream. The buffer is only valid during the call. */
    void received(ByteBuffer bytes);
}
