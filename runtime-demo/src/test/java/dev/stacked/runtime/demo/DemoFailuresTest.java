package dev.stacked.runtime.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stacked.runtime.testkit.ManualTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemoFailuresTest {
    private static final Duration STEP = Duration.ofMillis(100);

    private final ManualTime time = new ManualTime();

    @Test
    void someReconcilesAndSomeStacksFailForAWhile() {
        DemoStacks stacks = new DemoStacks(StackProfile.all(), time.clock(), 1);
        Set<String> failures = new HashSet<>();
        for (Duration passed = Duration.ZERO; passed.toSeconds() < 90; passed = passed.plus(STEP)) {
            time.advance(STEP);
            for (Answer answer : List.of(
                    stacks.reconcile("checkout", "payment-methods"),
                    stacks.document("search"),
                    stacks.reconcile("search", "suggestions"),
                    stacks.document("billing"))) {
                if (answer.status() != 200) {
                    failures.add(answer.status() + " " + answer.body().get("error"));
                }
            }
        }

        assertEquals(
                Set.of(
                        "400 {\"code\":\"invalid-input\",\"message\":\"spawn opencode ENOENT\"}",
                        "400 {\"code\":\"invalid-input\","
                                + "\"message\":\"Unable to recover JSON payload from stacks file.\"}",
                        "500 {\"code\":\"internal\","
                                + "\"message\":\"Unable to recover JSON payload from stacks file.\"}"),
                failures);
    }

    @Test
    void aReconcileThatFailsStoresNothing() {
        StackProfile failing =
                new StackProfile("s", "S", Fault.NEVER, List.of(new DemoStage("a", "A", new Fault(1, 60_000, 60_000))));
        DemoStacks stacks = new DemoStacks(List.of(failing), time.clock(), 1);
        time.advance(Duration.ofSeconds(11));

        assertEquals(400, stacks.reconcile("s", "a").status());
        assertEquals(
                "in-progress",
                stacks.document("s").body().at("/data/stack/stages/0/status").stringValue());
    }
}
