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

    private final CallContext call = CallContext.begin("a.7", Duration.ofSeconds(1), () -> 0);

    @Test
    void attemptsAreSpansOfThePollsTrace() {
        Trace trace = trace(new Random(42));
        String first = trace.nextParent();
        String second = trace.nextParent();

        assertTrue(first.matches("00-" + call.traceId() + "-[0-9a-f]{16}-01"), first);
        assertEquals(call.traceId(), second.split("-", -1)[1]);
        assertNotEquals(spanId(first), spanId(second));
    }

    @Test
    void noSpanIsAllZeros() {
        assertNotEquals(NO_SPAN, spanId(trace(() -> 0).nextParent()));
    }

    private Trace trace(RandomGenerator random) {
        return new Trace(new StackId("s"), call, random);
    }

    private static String spanId(String parent) {
        return parent.split("-", -1)[2];
    }
}
