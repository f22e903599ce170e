package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class BodyReaderTest {
    private static final byte[] EARLIER = {1, 2, 3, 4};

    @Test
    void bytesArriveInOrder() {
        BodyReader reader = new BodyReader(Body.EMPTY, -1);
        add(reader, 1, 2);
        add(reader);
        add(reader, 3);
        add(reader, 4);

        assertArrayEquals(new byte[] {1, 2, 3, 4}, reader.end().bytes());
    }

    @Test
    void anEqualBodyIsTheEarlierArray() {
        BodyReader reader = new BodyReader(EARLIER, 4);
        add(reader, 1);
        add(reader, 2, 3, 4);

        assertSame(EARLIER, reader.end().bytes());
    }

    @Test
    void aBodyThatDiffersLateIsWhole() {
        BodyReader reader = new BodyReader(EARLIER, 5);
        add(reader, 1, 2);
        add(reader, 3, 5, 6);
        add(reader, 7);

        assertArrayEquals(new byte[] {1, 2, 3, 5, 6, 7}, reader.end().bytes());
    }

    @Test
    void aBeginningOrAContinuationOfTheEarlierBodyIsAnotherBody() {
        BodyReader shorter = new BodyReader(EARLIER, -1);
        add(shorter, 1, 2, 3);
        BodyReader longer = new BodyReader(EARLIER, -1);
        add(longer, 1, 2, 3, 4);
        add(longer, 5);

        assertArrayEquals(new byte[] {1, 2, 3}, shorter.end().bytes());
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5}, longer.end().bytes());
        assertArrayEquals(new byte[] {1, 2, 3, 4}, EARLIER);
    }

    @Test
    void changesOfAReadBodyDoNotReachTheEarlierOne() {
        BodyReader reader = new BodyReader(EARLIER, -1);
        add(reader, 1, 2);

        assertNotSame(EARLIER, reader.end().bytes());
    }

    @Test
    void exactlyTheLimitIsRead() {
        BodyReader reader = new BodyReader(Body.EMPTY, Body.MAX_BYTES);

        assertTrue(reader.add(Unpooled.wrappedBuffer(new byte[Body.MAX_BYTES - 1])));
        add(reader, 1);

        assertEquals(Body.MAX_BYTES, reader.end().bytes().length);
    }

    @Test
    void oneByteMoreIsTooLarge() {
        BodyReader reader = new BodyReader(Body.EMPTY, -1);
        assertTrue(reader.add(Unpooled.wrappedBuffer(new byte[Body.MAX_BYTES])));

        assertFalse(reader.add(Unpooled.wrappedBuffer(new byte[1])));
    }

    private static void add(BodyReader reader, int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        assertTrue(reader.add(Unpooled.wrappedBuffer(bytes)));
    }
}
