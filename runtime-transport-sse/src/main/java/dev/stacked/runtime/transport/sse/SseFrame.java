package dev.stacked.runtime.transport.sse;

import dev.stacked.runtime.core.EncodedEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Encodes events as Server-Sent Events. No event can break out of its frame: ids and names cannot contain line ends,
 * and data is one line of JSON.
 */
final class SseFrame {
    /** Encodes an event; to be used through {@link EncodedEvent#framed}. */
    static final Function<EncodedEvent, ByteBuffer> FRAMING = SseFrame::encode;

    private SseFrame() {}

    private static ByteBuffer encode(EncodedEvent event) {
        String id = event.id().map(known -> "id: " + known + "\n").orElse("");
        byte[] head = utf8(id + "event: " + event.name() + "\ndata: ");
        return ByteBuffer.allocate(head.length + event.size() + 2)
                .put(head)
                .put(event.utf8())
                .put((byte) '\n')
                .put((byte) '\n')
                .flip();
    }

    /**
     * The first lines of a stream: the delay before a reconnect, and a comment that shows that the stream is open. No
     * blank line follows, since some clients would take it for an empty event; the first event continues the block.
     */
    static ByteBuffer greeting(int retryMillis) {
        return ByteBuffer.wrap(utf8("retry: " + retryMillis + "\n: connected\n"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
