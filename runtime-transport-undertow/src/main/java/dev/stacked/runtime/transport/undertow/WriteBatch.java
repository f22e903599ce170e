package dev.stacked.runtime.transport.undertow;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The frames that go out in one write. Each I/O thread has one, which its streams use in turn.
 *
 * <p>Frames are shared between streams, and most streams are due the same frames as the one before. Those share the
 * joined buffer, too, at the cost of a comparison of references. Confined to its I/O thread.
 */
final class WriteBatch {
    /** The largest TLS record, and the default maximum of an HTTP/2 frame. */
    static final int MAX_BYTES = 16 * 1024;

    static final int MAX_FRAMES = 64;

    /** Upper bound of the bytes that a transport adds to the JSON of an event: id, name and a header. */
    private static final int FRAME_OVERHEAD = 200;

    /** With room for the last bytes of a stream after a full batch. */
    private final ByteBuffer[] frames = new ByteBuffer[MAX_FRAMES + 1];

    private final ByteBuffer[] joinedFrames = new ByteBuffer[MAX_FRAMES + 1];
    private ByteBuffer joined = ByteBuffer.allocate(0);
    private int joinedCount;
    private int count;
    private int bytes;

    /** Begins a new write. */
    void clear() {
        Arrays.fill(frames, 0, count, null);
        count = 0;
        bytes = 0;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Size in bytes of JSON that the next event may have; the first may have any size. */
    int room() {
        if (count == 0) {
            return Integer.MAX_VALUE;
        }
        return count < MAX_FRAMES ? Math.max(0, MAX_BYTES - FRAME_OVERHEAD - bytes) : 0;
    }

    /** Adds a frame, without changing its position. An empty one is left out. */
    void add(ByteBuffer frame) {
        if (frame.hasRemaining()) {
            frames[count] = frame;
            count++;
            bytes += frame.remaining();
        }
    }

    /** All frames as one buffer, which may be shared: read it only through duplicates. */
    ByteBuffer bytes() {
        if (count == 1) {
            return frames[0];
        }
        if (!isJoined()) {
            join();
        }
        return joined;
    }

    @SuppressWarnings("ReferenceEquality") // the same frame is the same object
    private boolean isJoined() {
        if (count != joinedCount) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (frames[i] != joinedFrames[i]) {
                return false;
            }
        }
        return true;
    }

    private void join() {
        ByteBuffer all = ByteBuffer.allocate(bytes);
        for (int i = 0; i < count; i++) {
            all.put(frames[i].duplicate());
        }
        joined = all.flip();
        System.arraycopy(frames, 0, joinedFrames, 0, count);
        Arrays.fill(joinedFrames, count, Math.max(count, joinedCount), null);
        joinedCount = count;
    }
}
