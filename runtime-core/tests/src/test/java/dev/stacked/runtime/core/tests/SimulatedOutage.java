package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.testkit.ManualTime;
import dev.stacked.runtime.testkit.ScriptedReconciler;
import java.time.Duration;
import java.util.List;

/** The end of a random schedule: a calm time, an outage, and a recovery. Counts the polls of the stacks. */
final class SimulatedOutage {
    private final ManualTime time;
    private final ScriptedReconciler upstream;
    private final PollerRegistry registry;
    private final List<String> stacks;

    /** @param stacks the stacks with subscribers */
    SimulatedOutage(ManualTime time, ScriptedReconciler upstream, PollerRegistry registry, List<String> stacks) {
        this.time = time;
        this.upstream = upstream;
        this.registry = registry;
        this.stacks = stacks;
    }

    void assertUsualPollRate() {
        upstream.forgetCalls();
        time.advance(Duration.ofSeconds(20));
        for (String stack : stacks) {
            assertPolled(stack, isActive(stack) ? 9 : 1, isActive(stack) ? 11 : 3);
        }
    }

    private boolean isActive(String stack) {
        return upstream.stack(stack).document().stages().stream()
                .anyMatch(stage -> stage.status().isActive());
    }

    void assertBackOffAndEndItByANudge() {
        stacks.forEach(stack -> upstream.stack(stack).failsWith(ErrorCode.UPSTREAM_UNAVAILABLE));
        time.advance(Duration.ofMinutes(1));
        upstream.forgetCalls();
        time.advance(Duration.ofMinutes(1));
        stacks.forEach(stack -> assertPolled(stack, 5, 9));
        upstream.forgetCalls();
        stacks.forEach(stack -> upstream.stack(stack).recovers().stage("s0").is("in-progress"));
        stacks.forEach(stack -> registry.refresh(new StackId(stack)));
        time.runReady();
        stacks.forEach(stack -> assertPolled(stack, 1, 1));
    }

    private void assertPolled(String stack, int least, int most) {
        long polls = upstream.calls().stream()
                .filter(call ->
                        call.stack().value().equals(stack) && call.stage().isEmpty())
                .count();
        assertTrue(polls >= least && polls <= most, () -> stack + " was polled " + polls + " times.");
        assertEquals(1, upstream.mostUnderWay(stack));
    }
}
