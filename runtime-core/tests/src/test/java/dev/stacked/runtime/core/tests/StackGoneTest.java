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

/** When a stack counts as gone, and how its streams end. */
final class StackGoneTest {
    private final Rig rig = new Rig();

    @Test
    void stackThatIsMissingDuringARestartOfTheUpstreamIsNotGone() {
        rig.stage();
        RecordingSubscriber subscriber = rig.join();
        rig.stack().failsWith(ErrorCode.STACK_NOT_FOUND);
        for (int i = 0; i < 5; i++) {
            rig.registry.refresh(new StackId("checkout"));
            rig.time.advance(Duration.ofMillis(100));
        }

        rig.stack().recovers();
        rig.nextPoll();

        assertTrue(subscriber.error().isEmpty());
    }

    @Test
    void unknownStackRefusesTheStreamAfterOneAnswer() {
        rig.upstream.stack("another");

        RecordingSubscriber subscriber = rig.join();

        assertFalse(subscriber.isOpen());
        assertInstanceOf(StackNotFoundException.class, subscriber.error().orElseThrow());
        assertEquals(List.of(), subscriber.events());
        assertEquals(1, rig.upstream.callCount());
        assertEquals(0, rig.time.waitingTasks(), "Nothing is kept of a stack that does not exist.");
    }

    @Test
    void liveStackIsGoneAfterTwoAnswersInARowThatItDoesNotExist() {
        rig.stage();
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();
        rig.stack().failsWith(ErrorCode.STACK_NOT_FOUND);

        rig.nextPoll();
        assertEquals(List.of("upstream-unavailable"), Rig.codes(subscriber));
        assertTrue(subscriber.error().isEmpty());
        rig.nextPoll();

        assertEquals(
                Rig.json(
                        "{'stackId':'checkout','code':'stack-not-found','message':'Scripted: stack-not-found.','retryable':false}"),
                Rig.json(Rig.errors(subscriber).get(0)));
        assertInstanceOf(StackNotFoundException.class, subscriber.error().orElseThrow());
        assertEquals(0, rig.time.waitingTasks());
        RecordingSubscriber reconnected = rig.join();
        assertFalse(reconnected.isOpen());
        assertTrue(reconnected.error().isPresent());
    }

    @Test
    void stackThatIsFoundAgainInBetweenIsNotGone() {
        rig.stage();
        RecordingSubscriber subscriber = rig.join();
        for (int i = 0; i < 3; i++) {
            rig.stack().failsWith(ErrorCode.STACK_NOT_FOUND);
            rig.nextPoll();
            rig.stack().recovers();
            rig.nextPoll();
        }

        assertTrue(subscriber.error().isEmpty());
    }

    @Test
    void outageBetweenTwoAnswersThatTheStackDoesNotExistBreaksTheRow() {
        rig.stage();
        RecordingSubscriber subscriber = rig.join();

        for (ErrorCode code :
                List.of(ErrorCode.STACK_NOT_FOUND, ErrorCode.UPSTREAM_UNAVAILABLE, ErrorCode.STACK_NOT_FOUND)) {
            rig.stack().failsWith(code);
            rig.nextPoll();
        }

        assertTrue(subscriber.error().isEmpty());
    }

    @Test
    void retainedStackIsNotGoneAfterASingleAnswerThatItDoesNotExist() {
        rig.stage();
        rig.leave(rig.join());
        rig.stack().failsWith(ErrorCode.STACK_NOT_FOUND);
        rig.time.advance(Rig.POLL);

        RecordingSubscriber back = rig.join();

        assertEquals(List.of("snapshot", "error"), back.takeNames());
        rig.nextPoll();
        rig.nextPoll();
        assertTrue(back.error().isPresent());
    }

    @Test
    void slowFirstPollDoesNotBreakTheRowOfAnswersThatTheStackDoesNotExist() {
        rig.stage();
        RecordingSubscriber before = rig.join();
        rig.stack().failsWith(ErrorCode.STACK_NOT_FOUND);
        rig.nextPoll();
        rig.leave(before);

        rig.stack().hold();
        RecordingSubscriber back = rig.join();
        rig.time.advance(Rig.SETTINGS.firstSnapshotTimeout());
        rig.upstream.held().get(0).answer();
        rig.time.runReady();

        assertTrue(back.error().isPresent(), "Two polls in a row were answered so.");
    }

    @Test
    void reviewReadyThatIsOwedIsToldBeforeTheStackIsGone() {
        rig.stage().is("in-progress");
        RecordingSubscriber slow = rig.joinStalled();
        slow.request(1);
        rig.time.runReady();
        rig.stage().is("review");
        rig.nextPoll();
        rig.stack().failsWith(ErrorCode.STACK_NOT_FOUND);
        rig.nextPoll();
        rig.nextPoll();
        assertTrue(slow.error().isEmpty(), "There are still events to deliver.");

        slow.request(100);
        rig.time.runReady();

        assertEquals(List.of("snapshot", "stage-runtime", "review-ready", "error"), slow.takeNames());
        assertTrue(slow.error().isPresent());
    }
}
