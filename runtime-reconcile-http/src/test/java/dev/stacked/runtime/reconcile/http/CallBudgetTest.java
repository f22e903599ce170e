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
    void waitingForATurnCostsNothing() {
        time.advance(Duration.ofSeconds(30));
        assertEquals(Duration.ofSeconds(5), budget.remaining());

        budget.begin();
        time.advance(Duration.ofSeconds(1));
        budget.begin();
        assertEquals(Duration.ofSeconds(4), budget.remaining(), "the second attempt has no time of its own");
    }

    @Test
    void anAttemptGetsItsTimeoutOrWhatIsLeft() {
        budget.begin();
        assertEquals(Duration.ofSeconds(2), budget.limit(Duration.ofSeconds(2)));
        time.advance(Duration.ofSeconds(4));
        assertEquals(Duration.ofSeconds(1), budget.limit(Duration.ofSeconds(2)));
        time.advance(Duration.ofSeconds(4));
        assertEquals(CallBudget.MIN_ATTEMPT, budget.limit(Duration.ofSeconds(2)));
    }

    @Test
    void getsLessUntilNothingIsLeft() {
        budget.begin();
        assertEquals(Duration.ofSeconds(5), budget.remaining());
        time.advance(Duration.ofSeconds(4));
        assertEquals(Duration.ofSeconds(1), budget.remaining());
        time.advance(Duration.ofSeconds(2));
        assertEquals(Duration.ZERO, budget.remaining());
    }

    @Test
    void anAttemptNeedsSomeTime() {
        budget.begin();
        Duration longest = Duration.ofSeconds(5).minus(CallBudget.MIN_ATTEMPT);

        assertTrue(budget.allowsAttemptAfter(longest));
        assertFalse(budget.allowsAttemptAfter(longest.plusNanos(1)));
    }
}
