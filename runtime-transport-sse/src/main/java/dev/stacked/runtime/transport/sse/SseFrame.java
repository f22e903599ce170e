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
        StringBuilder frame = new StringBuilder(event.data().length() + 128);
        event.id().ifPresent(id -> frame.append("id: ").append(id).append('\n'));
        frame.append("event: ").append(event.name()).append('\n');
        frame.append("data: ").append(event.data()).append("\n\n");
        return utf8(frame);
    }

    /** What every stream begins with: how long to wait before a reconnect, and a comment that shows it is open. */
    static ByteBuffer greeting(int retryMillis) {
        return utf8("retry: " + retryMillis + "\n: connected\n\n");
    }

    private static ByteBuffer utf8(CharSequence text) {
        return ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
