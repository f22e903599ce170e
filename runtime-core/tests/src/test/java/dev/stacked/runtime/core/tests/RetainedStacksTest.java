package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.testkit.RecordingSubscriber;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits of the number of stacks held, with and without subscribers. */
final class RetainedStacksTest {
    private final Rig rig = new Rig(Rig.SETTINGS.withMaxStacks(2));

    @BeforeEach
    void addStacks() {
        List.of("a", "b", "c", "d").forEach(rig.upstream::stack);
    }

    @Test
    void stackThatWasUnreadForTheLongestTimeIsDroppedFirst() {
        read("a");
        read("b");
        assertEquals(List.of("a", "b"), held());

        read("c");

        assertEquals(List.of("b", "c"), held());
    }

    @Test
    void stackThatIsReadAgainIsNotTheOldestAnyMore() {
        read("a");
        read("b");
        read("a");

        read("c");

        assertEquals(List.of("a", "c"), held());
    }

    @Test
    void stackWithSubscribersIsNeverDropped() {
        RecordingSubscriber a = join("a");
        join("b");
        join("c");
        assertEquals(List.of("a", "b", "c"), held());

        read("d");
        assertEquals(List.of("a", "b", "c"), held());

        rig.leave(a);
        assertEquals(List.of("b", "c"), held());
    }

    private void read(String stack) {
        rig.leave(join(stack));
    }

    private RecordingSubscriber join(String stack) {
        RecordingSubscriber subscriber = RecordingSubscriber.eager();
        rig.registry.stream(new StackId(stack)).subscribe(subscriber);
        rig.time.runReady();
        return subscriber;
    }

    private List<String> held() {
        CompletableFuture<List<String>> ids = rig.registry
                .pollers()
                .thenApply(pollers ->
                        pollers.stream().map(poller -> poller.stack().value()).toList())
                .toCompletableFuture();
        rig.time.runReady();
        return ids.join();
    }
}
