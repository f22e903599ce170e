package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.testkit.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is remembered of stacks that are not there. Here and not in core, as it needs the kit's time. */
final class MissingStacksTest {
    private static final StackId ONE = new StackId("one");
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final ManualTime time = new ManualTime();
    private final MissingStacks missing =
            new MissingStacks(new EventLoop(time.newLoop(), time.clock(), time::nanoTime));

    @Test
    void isRememberedForItsTimeAndNoLonger() {
        missing.add(ONE);

        time.advance(MissingStacks.REMEMBERED.minus(MOMENT));
        assertTrue(missing.contains(ONE));
        time.advance(MOMENT);

        assertFalse(missing.contains(ONE));
        assertEquals(0, missing.size());
    }

    @Test
    void isRememberedAnewWhenItIsMissingAgain() {
        missing.add(ONE);
        time.advance(MissingStacks.REMEMBERED.minus(MOMENT));
        missing.add(ONE);

        time.advance(MissingStacks.REMEMBERED.minus(MOMENT));

        assertTrue(missing.contains(ONE));
        assertEquals(1, missing.size());
    }

    @Test
    void askingForItDoesNotKeepIt() {
        missing.add(ONE);
        for (int i = 0; i < 10; i++) {
            time.advance(MissingStacks.REMEMBERED.dividedBy(10));
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
        time.advance(MissingStacks.REMEMBERED);

        missing.add(ONE);

        assertEquals(1, missing.size());
    }
}
