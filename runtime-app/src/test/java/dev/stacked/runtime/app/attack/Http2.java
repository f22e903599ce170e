package dev.stacked.runtime.app.attack;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** HTTP/2 frames (RFC 9113), encoded by hand, with uncompressed headers (RFC 7541, 6.2.2). */
final class Http2 {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int ACK = 1;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    static final int CONNECTION = 0;
    /** A window that no test exhausts. */
    static final int WIDE = 1 << 30;

    private static final String MAGIC = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int MAX_PREFIX = 127;
    private static final int CANCEL = 8;

    private Http2() {}

    /**
     * The client's connection preface.
     *
     * @param window initial window of each stream; the connection's is large
     */
    static byte[] preface(int window) {
        return join(MAGIC.getBytes(StandardCharsets.US_ASCII), settings(window), windowUpdate(CONNECTION, WIDE));
    }

    static byte[] settings(int window) {
        return frame(
                SETTINGS,
                0,
                CONNECTION,
                ByteBuffer.allocate(6)
                        .putShort((short) INITIAL_WINDOW_SIZE)
                        .putInt(window)
                        .array());
    }

    static byte[] windowUpdate(int stream, int bytes) {
        return frame(
                WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(bytes).array());
    }

    static byte[] reset(int stream) {
        return frame(
                RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(CANCEL).array());
    }

    static byte[] frame(int type, int flags, int stream, byte... payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .putInt((payload.length << 8) | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** A header block, from alternating names and values. */
    static byte[] headers(String... namesAndValues) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i++) {
            if (i % 2 == 0) {
                block.write(0); // a literal that is not indexed
            }
            text(block, namesAndValues[i]);
        }
        return block.toByteArray();
    }

    private static void text(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < MAX_PREFIX) {
            block.write(bytes.length);
        } else {
            block.write(MAX_PREFIX);
            int rest = bytes.length - MAX_PREFIX;
            for (; rest >= 128; rest >>>= 7) {
                block.write((rest & 127) | 128);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    static byte[] repeat(byte[] frame, int times) {
        byte[][] frames = new byte[times][];
        Arrays.fill(frames, frame);
        return join(frames);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
