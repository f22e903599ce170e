package dev.stacked.runtime.transport.undertow;

import java.nio.ByteBuffer;

/** Finds the frames in the bytes of one direction of an HTTP/2 connection, as they pass. Not thread-safe. */
final class FrameScanner {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    /** The flag of HEADERS and CONTINUATION that no CONTINUATION follows. */
    static final int END_HEADERS = 4;

    /** The bytes that a client sends first. */
    static final int PREFACE_BYTES = 24;

    static final int HEADER_BYTES = 9;

    /** Receives each frame as soon as its header is complete. */
    interface Frames {
        void frame(int type, int flags, int length);
    }

    private final Frames frames;
    private final byte[] header = new byte[HEADER_BYTES];
    private int headerBytes;
    /** Bytes of a preface or payload that are still missing. */
    private int rest;

    private long completed;

    /** @param preface how many bytes come before the first frame */
    FrameScanner(int preface, Frames frames) {
        this.rest = preface;
        this.frames = frames;
    }

    /** Scans what remains in the buffer, and consumes it. */
    void scan(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (rest > 0) {
                int passed = Math.min(rest, bytes.remaining());
                bytes.position(bytes.position() + passed);
                rest -= passed;
                completed += rest == 0 ? 1 : 0;
            } else {
                header[headerBytes++] = bytes.get();
                if (headerBytes == HEADER_BYTES) {
                    begin();
                }
            }
        }
    }

    private void begin() {
        headerBytes = 0;
        rest = (header[0] & 0xff) << 16 | (header[1] & 0xff) << 8 | (header[2] & 0xff);
        completed += rest == 0 ? 1 : 0;
        frames.frame(header[3] & 0xff, header[4] & 0xff, rest);
    }

    /** Whether the last frame is complete, and the next has not begun. */
    boolean isBetweenFrames() {
        return rest == 0 && headerBytes == 0;
    }

    /** Number of frames that are complete so far; the preface counts as one. */
    long completed() {
        return completed;
    }
}
