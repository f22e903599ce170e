package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallContextTest {
    private long now = Long.MAX_VALUE - 1; // overflows soon, as elapsed time may

    private CallContext begin(String poll) {
        return CallContext.begin(poll, Duration.ofSeconds(5), () -> now);
    }

    private void advance(Duration duration) {
        now += duration.toNanos();
    }

    @Test
    void timeRunsOutAndStaysSo() {
        CallContext call = begin("k3v9q2.7");
        assertEquals(Duration.ofSeconds(5), call.timeLeft());

        advance(Duration.ofSeconds(4));
        assertEquals(Duration.ofSeconds(1), call.timeLeft());

        advance(Duration.ofSeconds(2));
        assertEquals(Duration.ZERO, call.timeLeft());
    }

    @Test
    void waitingForATurnDoesNotCount() {
        CallContext call = begin("k3v9q2.7");
        advance(Duration.ofSeconds(1));

        call.suspendDeadline();
        advance(Duration.ofSeconds(50));
        assertTrue(call.isSuspended());
        assertEquals(Duration.ofSeconds(10), call.timeLeft());

        call.resumeDeadline();
        assertFalse(call.isSuspended());
        assertEquals(Duration.ofSeconds(4), call.timeLeft());
    }

    @Test
    void nextCallOfThePollHasItsOwnTimeAndTheSameTrace() {
        CallContext first = begin("k3v9q2.7");
        advance(Duration.ofSeconds(4));
        CallContext second = first.next();

        assertEquals(Duration.ofSeconds(5), second.timeLeft());
        assertEquals("k3v9q2.7", second.poll());
        assertEquals(first.traceId(), second.traceId());
    }

    @Test
    void pollsIdIsTheTraceIfItCanBeOne() {
        String poll = "4bf92f3577b34da6a3ce929d0e0e4736";

        assertEquals(poll, begin(poll).traceId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k3v9q2.7",
                "",
                "4BF92F3577B34DA6A3CE929D0E0E4736",
                "00000000000000000000000000000000",
                "\r\nX: y"
            })
    void anyOtherPollsIdIsMadeOne(String poll) {
        String made = begin(poll).traceId();

        assertTrue(made.matches("(?!0{32})[0-9a-f]{32}"), made);
        assertEquals(made, begin(poll).traceId());
        assertNotEquals(made, begin(poll + "8").traceId());
    }
}
