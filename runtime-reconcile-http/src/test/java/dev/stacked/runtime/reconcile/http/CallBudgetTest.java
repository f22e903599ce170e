package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.testkit.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallBudgetTest {
    private final ManualTime time = new ManualTime();
    private final CallBudget budget = new CallBudget(Duration.ofSeconds(5), time::nanoTime);

    @Test
    void getsLessUntilNothingIsLeft() {
        assertEquals(Duration.ofSeconds(5), budget.remaining());
        time.advance(Duration.ofSeconds(4));
        assertEquals(Duration.ofSeconds(1), budget.remaining());
        time.advance(Duration.ofSeconds(2));
        assertEquals(Duration.ZERO, budget.remaining());
    }

    @Test
    void anAttemptNeedsSomeTime() {
        Duration longest = Duration.ofSeconds(5).minus(CallBudget.SHORTEST_ATTEMPT);

        assertTrue(budget.allowsAttemptAfter(longest));
        assertFalse(budget.allowsAttemptAfter(longest.plusNanos(1)));
    }
}
