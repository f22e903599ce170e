package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class DeadlinesTest {
    private static final String ONE = "one";
    private static final Duration TIME = Duration.ofSeconds(3);
    private static final int MAX_SIZE = 1000;
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1000); // soon overflows
    private final Deadlines<String> keys = new Deadlines<>(MAX_SIZE, now::get);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void isRememberedForItsTimeAndNoLonger() {
        keys.put(ONE, TIME);

        pass(TIME.minus(MOMENT));
        assertTrue(keys.contains(ONE));
        pass(MOMENT);

        assertFalse(keys.contains(ONE));
        assertEquals(0, keys.size());
    }

    @Test
    void isRememberedAnewWhenItIsMissingAgain() {
        keys.put(ONE, TIME);
        pass(TIME.minus(MOMENT));
        keys.put(ONE, TIME);

        pass(TIME.minus(MOMENT));

        assertTrue(keys.contains(ONE));
        assertEquals(1, keys.size());
    }

    @Test
    void askingForItDoesNotKeepIt() {
        keys.put(ONE, TIME);
        for (int i = 0; i < 10; i++) {
            pass(TIME.dividedBy(10));
            keys.contains(ONE);
        }

        assertFalse(keys.contains(ONE));
    }

    @Test
    void neverHoldsMoreThanItsBoundAndForgetsTheOldestFirst() {
        keys.put(ONE, TIME);
        for (int i = 0; i < MAX_SIZE; i++) {
            keys.put("made up " + i, TIME);
        }

        assertEquals(MAX_SIZE, keys.size());
        assertFalse(keys.contains(ONE));
        assertTrue(keys.contains("made up 0"));
    }

    @Test
    void thoseOfLongAgoMakeRoomForOthers() {
        for (int i = 0; i < 100; i++) {
            keys.put("made up " + i, TIME);
        }
        pass(TIME);

        keys.put(ONE, TIME);

        assertEquals(1, keys.size());
    }
}
