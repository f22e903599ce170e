package dev.stacked.runtime.transport.sse;

import dev.stacked.runtime.core.EncodedEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * The bytes of an event as Server-Sent Events have them. No event can break out of its frame: ids and names have no
 * line ends by their rules, and data is one line of JSON.
 */
final class SseFrame {
    /** Makes the bytes of an event; to be used through {@link EncodedEvent#framed}. */
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
     * The first lines of a stream: how long to wait before a reconnect, and a comment that shows that it is open. They
     * open the block of the first event: a blank line here would reach some clients as an empty event.
     */
    static ByteBuffer greeting(int retryMillis) {
        return ByteBuffer.wrap(utf8("retry: " + retryMillis + "\n: connected\n"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
