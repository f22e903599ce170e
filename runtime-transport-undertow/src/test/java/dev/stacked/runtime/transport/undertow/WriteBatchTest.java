package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class WriteBatchTest {
    private final WriteBatch batch = new WriteBatch();

    @Test
    void singleFrameIsTheBufferItself() {
        ByteBuffer frame = frame("a");
        batch.add(frame);

        assertSame(frame, batch.bytes());
    }

    @Test
    void streamsThatAreDueTheSameFramesShareOneBuffer() {
        ByteBuffer a = frame("a");
        ByteBuffer b = frame("b");
        batch.add(a);
        batch.add(b);
        ByteBuffer first = batch.bytes();
        assertEquals("ab", text(first));

        batch.clear();
        batch.add(a);
        batch.add(b);
        assertSame(first, batch.bytes());

        batch.clear();
        batch.add(a);
        batch.add(frame("c"));
        assertNotSame(first, batch.bytes());
        assertEquals("ac", text(batch.bytes()));
        assertEquals("ab", text(first), "A stalled stream may still hold it.");
    }

    @Test
    void emptyFrameIsLeftOut() {
        batch.add(frame(""));

        assertTrue(batch.isEmpty());
    }

    @Test
    void firstEventMayBeOfAnySizeAndOthersFitIntoTheRest() {
        assertEquals(Integer.MAX_VALUE, batch.room());
        batch.add(frame("x".repeat(1000)));
        assertTrue(batch.room() > 14_000 && batch.room() < WriteBatch.MAX_BYTES - 1000, "room: " + batch.room());
        batch.add(frame("x".repeat(WriteBatch.MAX_BYTES)));
        assertEquals(0, batch.room());
    }

    @Test
    void lastBytesFitBehindAFullBatch() {
        for (int i = 0; i < WriteBatch.MAX_FRAMES; i++) {
            batch.add(frame("x"));
        }
        assertEquals(0, batch.room());

        batch.add(frame("end"));
        assertEquals("x".repeat(WriteBatch.MAX_FRAMES) + "end", text(batch.bytes()));
        batch.clear();
        assertTrue(batch.isEmpty());
    }

    private static ByteBuffer frame(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.US_ASCII.decode(bytes.duplicate()).toString();
    }
}
