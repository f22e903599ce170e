package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class StallsTest {
    private static final Object ONE = "one";
    private static final Object TWO = "two";

    private long now = Long.MAX_VALUE - 1; // soon overflows, as a ticker may
    private final Stalls stalls = new Stalls(() -> now);

    private void assertStalled(int count, long oldestNanos) {
        assertEquals(count, stalls.count());
        assertEquals(oldestNanos, stalls.oldestNanos());
    }

    @Test
    void ageIsThatOfTheLongestStall() {
        assertStalled(0, 0);
        stalls.began(ONE);
        now += 5;
        stalls.began(TWO);
        stalls.began(ONE);
        now += 5;
        assertStalled(2, 10);
        stalls.ended(ONE);
        assertStalled(1, 5);
        stalls.ended(TWO);
        stalls.ended(TWO);
        assertStalled(0, 0);
    }
}
