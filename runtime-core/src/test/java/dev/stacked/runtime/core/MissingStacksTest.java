package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class MissingStacksTest {
    private static final StackId ONE = new StackId("one");
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1000); // soon overflows
    private final MissingStacks missing = new MissingStacks(
            new EventLoop(mock(ScheduledExecutorService.class), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), now::get));

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void isRememberedForItsTimeAndNoLonger() {
        missing.add(ONE);

        pass(MissingStacks.REMEMBERED.minus(MOMENT));
        assertTrue(missing.contains(ONE));
        pass(MOMENT);

        assertFalse(missing.contains(ONE));
        assertEquals(0, missing.size());
    }

    @Test
    void isRememberedAnewWhenItIsMissingAgain() {
        missing.add(ONE);
        pass(MissingStacks.REMEMBERED.minus(MOMENT));
        missing.add(ONE);

        pass(MissingStacks.REMEMBERED.minus(MOMENT));

        assertTrue(missing.contains(ONE));
        assertEquals(1, missing.size());
    }

    @Test
    void askingForItDoesNotKeepIt() {
        missing.add(ONE);
        for (int i = 0; i < 10; i++) {
            pass(MissingStacks.REMEMBERED.dividedBy(10));
            missing.contains(ONE);
        }

        assertFalse(missing.contains(ONE));
    }

    @Test
    void neverHoldsMoreThanItsBoundAndForgetsTheOldestFirst() {
        missing.add(ONE);
        for (int i = 0; i < MissingStacks.MOST; i++) {
            missing.add(new StackId("made up " + i));
        }

        assertEquals(MissingStacks.MOST, missing.size());
        assertFalse(missing.contains(ONE));
        assertTrue(missing.contains(new StackId("made up 0")));
    }

    @Test
    void thoseOfLongAgoMakeRoomForOthers() {
        for (int i = 0; i < 100; i++) {
            missing.add(new StackId("made up " + i));
        }
        pass(MissingStacks.REMEMBERED);

        missing.add(ONE);

        assertEquals(1, missing.size());
    }
}
