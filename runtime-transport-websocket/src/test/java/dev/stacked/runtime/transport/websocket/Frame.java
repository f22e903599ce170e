package dev.stacked.runtime.transport.websocket;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A WebSocket frame exactly as RFC 6455 says, section 5.2, from the client's side. Independent of this project's own
 * encoding.
 */
final class Frame {
    static final int FINAL = 0x80;
    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    private static final byte[] MASK = {0x12, (byte) 0xFF, 0x00, (byte) 0xA5};

    private final int firstByte;
    private final byte[] payload;

    /** @param firstByte final bit, reserved bits and opcode */
    private Frame(int firstByte, byte[] payload) {
        this.firstByte = firstByte;
        this.payload = payload;
    }

    static Frame of(int opcode, String payload) {
        return new Frame(FINAL | opcode, payload.getBytes(StandardCharsets.UTF_8));
    }

    /** A close frame with this code and reason. */
    static Frame close(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] payload = ByteBuffer.allocate(2 + text.length)
                .putShort((short) code)
                .put(text)
                .array();
        return new Frame(FINAL | CLOSE, payload);
    }

    static Frame of(int opcode, byte... payload) {
        return new Frame(FINAL | opcode, payload);
    }

    static Frame of(int opcode, int length) {
        return of(opcode, "x".repeat(length));
    }

    /** A fragment that is not the last of its message. */
    Frame fragment() {
        return new Frame(firstByte & ~FINAL, payload);
    }

    /** Encodes the frame like a client, with the shortest form of the length. */
    byte[] masked() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeByte(firstByte);
            if (payload.length < 126) {
                out.writeByte(0x80 | payload.length);
            } else if (payload.length < 1 << 16) {
                out.writeByte(0x80 | 126);
                out.writeShort(payload.length);
            } else {
                out.writeByte(0x80 | 127);
                out.writeLong(payload.length);
            }
            out.write(MASK);
            for (int i = 0; i < payload.length; i++) {
                out.writeByte(payload[i] ^ MASK[i % 4]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Parses a frame as a server must send it: unfragmented, unmasked, in the shortest form. */
    static Frame read(InputStream from) throws IOException {
        DataInputStream in = new DataInputStream(from);
        int first = in.readUnsignedByte();
        require((first & 0xF0) == FINAL, "One whole frame without extensions: " + Integer.toHexString(first));
        int announced = in.readUnsignedByte();
        require(announced < 0x80, "A server does not mask.");
        long length = announced;
        if (announced == 126) {
            length = in.readUnsignedShort();
            require(length > 125, "Not the shortest form: " + length);
        } else if (announced == 127) {
            length = in.readLong();
            require(length > 65535, "Not the shortest form: " + length);
        }
        byte[] payload = new byte[(int) length];
        in.readFully(payload);
        return new Frame(first, payload);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }

    int length() {
        return payload.length;
    }

    int opcode() {
        return firstByte & 0x0F;
    }

    String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    int closeCode() {
        return Short.toUnsignedInt(ByteBuffer.wrap(payload).getShort());
    }

    /** Readable, and used for comparisons. */
    @Override
    public String toString() {
        return opcode() == CLOSE && payload.length >= 2
                ? "close " + closeCode()
                : Integer.toHexString(firstByte) + " " + text();
    }
}
