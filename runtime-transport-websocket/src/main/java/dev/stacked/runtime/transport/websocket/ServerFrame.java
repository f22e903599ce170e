package dev.stacked.runtime.transport.websocket;

import dev.stacked.runtime.core.EncodedEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** The server's frames: unfragmented, and unmasked as the protocol requires (RFC 6455, section 5.2). */
final class ServerFrame {
    /**
     * Encodes an event; to be used through {@link EncodedEvent#framed}. A heartbeat includes a ping, so that no timer
     * per connection is needed.
     */
    static final Function<EncodedEvent, ByteBuffer> FRAMING = ServerFrame::encode;

    private static final int FINAL = 0x80;
    private static final int TEXT = 0x1;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;
    private static final int MAX_HEADER = 10;
    private static final byte[] NO_PAYLOAD = {};

    private ServerFrame() {}

    private static ByteBuffer encode(EncodedEvent event) {
        String id = event.id().map(known -> "\"id\":\"" + known + "\",").orElse("");
        byte[] head = ("{" + id + "\"event\":\"" + event.name() + "\",\"data\":").getBytes(StandardCharsets.UTF_8);
        byte[] message = ByteBuffer.allocate(head.length + event.size() + 1)
                .put(head)
                .put(event.utf8())
                .put((byte) '}')
                .array();
        ByteBuffer text = frame(TEXT, message);
        return isHeartbeat(event) ? join(text, frame(PING, NO_PAYLOAD)) : text;
    }

    static boolean isHeartbeat(EncodedEvent event) {
        return event.name().equals("heartbeat");
    }

    static ByteBuffer pong(byte[] payload) {
        return frame(PONG, payload);
    }

    static ByteBuffer close(CloseCode code) {
        byte[] reason = code.reason().getBytes(StandardCharsets.UTF_8);
        byte[] payload = ByteBuffer.allocate(2 + reason.length)
                .putShort((short) code.code())
                .put(reason)
                .array();
        return frame(CLOSE, payload);
    }

    private static ByteBuffer frame(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(MAX_HEADER + payload.length);
        frame.put((byte) (FINAL | opcode));
        if (payload.length < 126) {
            frame.put((byte) payload.length);
        } else if (payload.length < 1 << 16) {
            frame.put((byte) 126).putShort((short) payload.length);
        } else {
            frame.put((byte) 127).putLong(payload.length);
        }
        return frame.put(payload).flip();
    }

    private static ByteBuffer join(ByteBuffer first, ByteBuffer second) {
        return ByteBuffer.allocate(first.remaining() + second.remaining())
                .put(first)
                .put(second)
                .flip();
    }
}
