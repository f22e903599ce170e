package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.StackId;
import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TraceTest {
    private static final String NO_SPAN = "0".repeat(16);

    private static final StackId STACK = new StackId("checkout");

    private final RandomGenerator random = new Random(42);

    @Test
    void attemptsAreSpansOfTheTraceOfTheirPoll() {
        Trace trace = new Trace(STACK, call("k3v9q2.7"), random);
        String first = trace.nextParent();
        String second = trace.nextParent();

        assertTrue(first.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01"), first);
        assertEquals(call("k3v9q2.7").traceId(), first.split("-", -1)[1]);
        assertEquals(first.split("-", -1)[1], second.split("-", -1)[1]);
        assertNotEquals(spanId(first), spanId(second));
    }

    @Test
    void noSpanIsAllZeros() {
        assertNotEquals(NO_SPAN, spanId(new Trace(STACK, call("k3v9q2.7"), () -> 0).nextParent()));
    }

    private static CallContext call(String poll) {
        return CallContext.begin(poll, Duration.ofSeconds(5), () -> 0);
    }

    private static String spanId(String parent) {
        return parent.split("-", -1)[2];
    }
}
