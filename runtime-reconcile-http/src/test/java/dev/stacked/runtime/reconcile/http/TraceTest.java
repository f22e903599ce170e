package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {
    private static final String NO_TRACE = "0".repeat(32);
    private static final String NO_SPAN = "0".repeat(16);

    private final RandomGenerator random = new Random(42);

    @Test
    void attemptsAreSpansOfOneTrace() {
        Trace trace = Trace.begin(Map.of(), random);
        String first = trace.nextParent();
        String second = trace.nextParent();

        assertTrue(first.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01"), first);
        assertEquals(traceId(first), traceId(second));
        assertNotEquals(spanId(first), spanId(second));
    }

    @Test
    void callsWithoutAPollAreTracesOfTheirOwn() {
        assertNotEquals(
                traceId(Trace.begin(Map.of(), random).nextParent()),
                traceId(Trace.begin(Map.of("stack", "s"), random).nextParent()));
    }

    @Test
    void aPollsIdIsTheTraceIfItCanBeOne() {
        String poll = "4bf92f3577b34da6a3ce929d0e0e4736";

        assertEquals(poll, traceId(begin(poll).nextParent()));
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
        String made = begin(poll).nextParent();

        assertTrue(made.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01"), made);
        assertNotEquals(NO_TRACE, traceId(made));
        assertEquals(traceId(made), traceId(begin(poll).nextParent()));
        assertNotEquals(traceId(made), traceId(begin(poll + "8").nextParent()));
    }

    @Test
    void noIdIsAllZeros() {
        String parent = Trace.begin(Map.of(), () -> 0).nextParent();

        assertNotEquals(NO_TRACE, traceId(parent));
        assertNotEquals(NO_SPAN, spanId(parent));
    }

    private Trace begin(String poll) {
        return Trace.begin(Map.of(Trace.POLL, poll), random);
    }

    private static String traceId(String parent) {
        return parent.split("-", -1)[1];
    }

    private static String spanId(String parent) {
        return parent.split("-", -1)[2];
    }
}
