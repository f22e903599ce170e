package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

final class UpstreamPausesTest {
    private static final StackId STACK = new StackId("checkout");
    private static final StackId OTHER = new StackId("other");
    private static final StageId STAGE = new StageId("s1");
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private long now = Long.MAX_VALUE - 1000; // soon overflows
    private final UpstreamPauses pauses = new UpstreamPauses(
            new EventLoop(mock(ScheduledExecutorService.class), Clock.fixed(TestLog.AT, ZoneOffset.UTC), () -> now));

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void pauseLastsAsLongAsTheUpstreamAsked() {
        pauses.pause(STACK, PAUSE);
        pass(PAUSE.minusMillis(1));
        assertEquals(Duration.ofMillis(1), pauses.left(STACK));
        assertEquals(Duration.ZERO, pauses.left(OTHER));

        pass(Duration.ofMillis(1));

        assertEquals(Duration.ZERO, pauses.left(STACK));
    }

    @Test
    void pauseOfAStageIsThatOfNoOther() {
        pauses.pause(STACK, STAGE, PAUSE);

        assertTrue(pauses.isPaused(STACK, STAGE));
        assertFalse(pauses.isPaused(STACK, new StageId("s2")));
        assertFalse(pauses.isPaused(OTHER, STAGE));
        assertEquals(Duration.ZERO, pauses.left(STACK));
        pass(PAUSE);
        assertFalse(pauses.isPaused(STACK, STAGE));
    }

    @Test
    void failureThatAsksForNothingKeepsThePause() {
        pauses.pause(STACK, PAUSE);
        pauses.pause(STACK, Duration.ZERO);

        assertEquals(PAUSE, pauses.left(STACK));
    }

    @Test
    void missingStackIsForgottenSoonAndWhenItMayExist() {
        pauses.missing(STACK);
        pauses.missing(OTHER);
        assertTrue(pauses.isMissing(STACK));

        pauses.forgetMissing(STACK);
        assertFalse(pauses.isMissing(STACK));
        pass(UpstreamPauses.MISSING);

        assertFalse(pauses.isMissing(OTHER));
    }
}
