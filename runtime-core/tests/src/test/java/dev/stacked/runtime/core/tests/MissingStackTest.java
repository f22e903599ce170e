package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StackNotFoundException;
import dev.stacked.runtime.testkit.RecordingSubscriber;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests for a missing stack do not call the upstream each time. */
final class MissingStackTest {
    private static final Duration REMEMBERED = Duration.ofSeconds(3);

    private final Rig rig = new Rig();

    private static void assertRefused(RecordingSubscriber subscriber) {
        assertInstanceOf(StackNotFoundException.class, subscriber.error().orElseThrow());
        assertFalse(subscriber.isOpen());
    }

    @Test
    void howeverManyAskTheUpstreamIsAskedOnceInAWhile() {
        for (int i = 0; i < 60; i++) {
            assertRefused(rig.join());
            rig.time.advance(REMEMBERED.dividedBy(30));
        }

        assertEquals(2, rig.upstream.callCount());
        assertEquals(0, rig.time.waitingTasks());
    }

    @Test
    void stackThatIsMadeLaterIsFoundThen() {
        assertRefused(rig.join());
        rig.stage();
        assertRefused(rig.join());

        rig.time.advance(REMEMBERED);

        assertEquals(List.of("snapshot"), rig.join().takeNames());
    }

    @Test
    void refreshOfAStackThatWasJustMadeLetsItBeFoundAtOnce() {
        assertRefused(rig.join());
        rig.stage();

        rig.registry.refresh(new StackId("checkout"));

        assertEquals(List.of("snapshot"), rig.join().takeNames());
    }

    @Test
    void stackThatVanishedIsNotAskedForByThoseWhoComeBack() {
        rig.stage();
        RecordingSubscriber subscriber = rig.join();
        rig.stack().failsWith(ErrorCode.STACK_NOT_FOUND);
        rig.nextPoll();
        rig.nextPoll();
        assertTrue(subscriber.error().isPresent());
        rig.upstream.forgetCalls();

        assertRefused(rig.join());

        assertEquals(0, rig.upstream.callCount());
    }

    @Test
    void stackThatOnlyFailsIsNotTakenForMissing() {
        rig.stage();
        rig.stack().failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);
        rig.leave(rig.join());
        rig.stack().recovers();

        RecordingSubscriber subscriber = rig.join();
        rig.nextPoll();
        assertTrue(subscriber.takeNames().contains("snapshot"));
    }

    @Test
    void othersAreNotAffected() {
        assertRefused(rig.join());
        rig.upstream.stack("other").stage("s1");
        RecordingSubscriber subscriber = RecordingSubscriber.eager();

        rig.registry.stream(new StackId("other")).subscribe(subscriber);
        rig.time.runReady();

        assertEquals(List.of("snapshot"), subscriber.takeNames());
    }

    @Test
    void closedRegistryCompletesRatherThanRefuses() {
        assertRefused(rig.join());
        rig.registry.close();

        assertTrue(rig.join().isCompleted());
    }
}
