package dev.stacked.runtime.reconcile.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/**
 * Collects a body as it arrives, and compares it with an earlier one. Nothing is copied as long as they are equal, so
 * that an unchanged body costs no memory: it is the earlier array itself. Confined to one thread.
 */
final class BodyReader {
    private final byte[] earlier;
    private final int expected;
    private byte[] bytes = Body.EMPTY;
    private int length;
    private boolean isEqual = true;

    /**
     * @param earlier the body to compare with; empty if absent
     * @param expected the length that the answer announces; negative if it announces none
     */
    BodyReader(byte[] earlier, long expected) {
        this.earlier = earlier;
        this.expected = (int) Math.max(0, Math.min(expected, Body.MAX_BYTES));
    }

    /** Takes the next bytes, which it neither keeps nor releases; false if the body is too large. */
    boolean add(ByteBuf chunk) {
        int size = chunk.readableBytes();
        if (size > Body.MAX_BYTES - length) {
            return false;
        }
        if (isEqual && !continuesEqual(chunk, size)) {
            isEqual = false;
            bytes = Arrays.copyOf(earlier, length);
        }
        if (!isEqual) {
            append(chunk, size);
        }
        length += size;
        return true;
    }

    private boolean continuesEqual(ByteBuf chunk, int size) {
        return size <= earlier.length - length
                && (size == 0
                        || ByteBufUtil.equals(
                                chunk, chunk.readerIndex(), Unpooled.wrappedBuffer(earlier), length, size));
    }

    private void append(ByteBuf chunk, int size) {
        int needed = length + size;
        if (needed > bytes.length) {
            int capacity = Math.max(needed, Math.max(expected, Math.min(2 * bytes.length, Body.MAX_BYTES)));
            bytes = Arrays.copyOf(bytes, capacity);
        }
        chunk.getBytes(chunk.readerIndex(), bytes, length, size);
    }

    /** The whole body. */
    Body end() {
        if (isEqual) {
            return Body.of(length == earlier.length ? earlier : Arrays.copyOf(earlier, length));
        }
        return Body.of(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
    }
}
