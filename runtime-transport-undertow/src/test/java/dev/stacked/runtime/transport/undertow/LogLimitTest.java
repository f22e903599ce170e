package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class LogLimitTest {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final OptionalLong LEFT_OUT = OptionalLong.empty();

    private long now = Long.MAX_VALUE - 1; // soon overflows, as a ticker may
    private final LogLimit<String> limit = new LogLimit<>(WINDOW, 2, () -> now);

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void eachKeyHasOneLineInAWindow() {
        assertEquals(OptionalLong.of(0), limit.admit("a"));
        assertEquals(OptionalLong.of(0), limit.admit("b"));
        assertEquals(LEFT_OUT, limit.admit("a"));
        pass(WINDOW.minusNanos(1));
        assertEquals(LEFT_OUT, limit.admit("a"));
        assertEquals(LEFT_OUT, limit.admit("b"));
    }

    @Test
    void nextLineSaysHowManyWereLeftOut() {
        limit.admit("a");
        limit.admit("a");
        limit.admit("a");
        pass(WINDOW);

        assertEquals(OptionalLong.of(2), limit.admit("a"));
        assertEquals(LEFT_OUT, limit.admit("a"));
        pass(WINDOW);
        assertEquals(OptionalLong.of(1), limit.admit("a"));
    }

    @Test
    void keysBeyondTheLimitWaitForTheNextWindow() {
        limit.admit("a");
        limit.admit("b");
        assertEquals(LEFT_OUT, limit.admit("c"));
        pass(WINDOW);

        assertEquals(OptionalLong.of(0), limit.admit("c"));
        assertEquals(OptionalLong.of(0), limit.admit("d"));
        assertEquals(LEFT_OUT, limit.admit("e"));
    }
}
