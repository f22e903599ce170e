package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.testkit.RecordingSubscriber;
import dev.stacked.runtime.testkit.ScriptedCall;
import dev.stacked.runtime.testkit.ScriptedReconciler;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** State that outlives the last subscriber, and its lifetime. */
final class RetentionTest {
    private static final Duration RETAIN = Rig.SETTINGS.retain();

    private final Rig rig = new Rig();

    @Test
    void pollingStopsAtOnceWhenTheLastSubscriberLeaves() {
        rig.stage();
        rig.leave(rig.join());
        int calls = rig.upstream.callCount();

        rig.time.advance(RETAIN.minusMillis(1));

        assertEquals(calls, rig.upstream.callCount());
    }

    @Test
    void callUnderWayIsCancelledWhenTheLastSubscriberLeaves() {
        rig.stage();
        RecordingSubscriber subscriber = rig.join();
        rig.stack().hold();
        rig.nextPoll();
        ScriptedCall held = rig.upstream.held().get(0);

        rig.leave(subscriber);

        assertTrue(held.isCancelled());
    }

    @Test
    void resumeWithinRetentionPollsFirstAndMissesNothing() {
        rig.stage().todos(0, 2);
        RecordingSubscriber before = rig.join();
        rig.leave(before);
        rig.time.advance(RETAIN.dividedBy(2));
        rig.stage().todos(1, 2).hold();

        RecordingSubscriber after = rig.resume(before.lastEventId().orElseThrow());
        assertFalse(after.isOpen(), "One poll runs first.");
        rig.stage().release();
        rig.time.runReady();

        List<EncodedEvent> events = after.takeEvents();
        assertEquals(1, events.size());
        assertEquals("stage-runtime", events.get(0).name());
        assertEquals("epoch1-2", events.get(0).id().orElseThrow().toString());
    }

    @Test
    void resumeWithoutAnyChangeGivesNoEvent() {
        rig.stage();
        RecordingSubscriber before = rig.join();
        rig.leave(before);

        RecordingSubscriber after = rig.resume(before.lastEventId().orElseThrow());

        assertTrue(after.isOpen());
        assertEquals(List.of(), after.takeEvents());
    }

    @Test
    void resumeWhileOthersReadReplaysWhatWasMissed() {
        rig.stage().todos(0, 9);
        RecordingSubscriber staying = rig.join();
        for (int i = 1; i <= 5; i++) {
            rig.stage().todos(i, 9);
            rig.nextPoll();
        }
        List<EncodedEvent> all = staying.events();

        for (int position = 0; position < all.size(); position++) {
            RecordingSubscriber resumed =
                    rig.resume(all.get(position).id().orElseThrow().toString());
            assertEquals(all.subList(position + 1, all.size()), resumed.events());
        }
    }

    @Test
    void freshSubscriberWithinRetentionGetsTheNewestState() {
        rig.stage().todos(0, 2);
        rig.leave(rig.join());
        rig.stage().todos(2, 2);
        rig.time.advance(Rig.POLL);

        RecordingSubscriber after = rig.join();

        assertEquals(List.of("snapshot"), after.takeNames());
        assertEquals(
                2, Rig.view(after).runtimes().get("s1").get("todoCompleted").intValue());
    }

    @Test
    void transitionInThePollThatAFreshSubscriberWaitsForIsOnlyInItsSnapshot() {
        rig.stage().is("in-progress");
        RecordingSubscriber first = rig.join();
        String lastId = first.lastEventId().orElseThrow();
        rig.leave(first);
        rig.stage().is("review");
        rig.time.advance(Rig.POLL);

        RecordingSubscriber fresh = rig.join();
        RecordingSubscriber resumed = rig.resume(lastId);

        assertEquals(List.of("snapshot"), fresh.takeNames());
        assertEquals(List.of("stage-runtime", "review-ready"), resumed.takeNames());
    }

    @Test
    void historyEndsWithRetentionAndAnotherEpochBegins() {
        rig.stage();
        RecordingSubscriber before = rig.join();
        rig.leave(before);
        rig.time.advance(RETAIN);

        RecordingSubscriber after = rig.resume(before.lastEventId().orElseThrow());

        EncodedEvent snapshot = after.takeEvents().get(0);
        assertEquals("snapshot", snapshot.name());
        assertEquals("epoch2", snapshot.id().orElseThrow().epoch());
    }

    @Test
    void comingBackPutsRetirementOffUntilTheNextLeaving() {
        rig.stage();
        RecordingSubscriber subscriber = rig.join();
        for (int i = 0; i < 5; i++) {
            rig.leave(subscriber);
            rig.time.advance(RETAIN.minusMillis(1));
            subscriber = rig.resume("epoch1-1");
            assertEquals(List.of(), subscriber.events());
        }
        rig.time.advance(RETAIN.multipliedBy(2));

        RecordingSubscriber second = rig.resume("epoch1-1");
        assertEquals(List.of(), second.events(), "A stack with a subscriber is never retired.");
    }

    @Test
    void unknownAndMalformedPositionsGetASnapshotOnTheSameConnection() {
        rig.stage();
        rig.join();
        for (String position : List.of(
                "other-1", "epoch1-99", "epoch1-", "-1", "", " ", "epoch1-1-1", "epoch1-x", "\n", "💥", "epoch1--1")) {
            RecordingSubscriber subscriber = rig.resume(position);
            assertEquals(List.of("snapshot"), subscriber.takeNames(), position);
            assertFalse(subscriber.isCompleted());
        }
    }

    @Test
    void positionThatFellOutOfTheHistoryGetsASnapshot() {
        Rig small = new Rig(Rig.SETTINGS.withHistory(3));
        small.stage().todos(0, 9);
        RecordingSubscriber staying = small.join();
        for (int i = 1; i <= 6; i++) {
            small.stage().todos(i, 9);
            small.nextPoll();
        }

        assertEquals(List.of("snapshot"), small.resume("epoch1-3").takeNames());
        assertEquals(3, small.resume("epoch1-4").takeEvents().size());
        assertEquals(
                Rig.view(staying).runtimes(), Rig.view(small.resume("epoch1-1")).runtimes());
    }

    @Test
    void failingUpstreamDoesNotKeepAComebackWaitingForItsHistory() {
        rig.stage().todos(0, 2);
        RecordingSubscriber before = rig.join();
        RecordingSubscriber other = rig.join();
        rig.leave(before);
        rig.stage().todos(1, 2);
        rig.nextPoll();
        rig.leave(other);
        rig.stack().failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);
        rig.time.advance(Rig.POLL);

        RecordingSubscriber after = rig.resume(before.lastEventId().orElseThrow());

        assertEquals(List.of("stage-runtime", "error"), after.takeNames());
    }

    @Test
    void lateAnswerOfTheTimeBeforeIsDropped() {
        Rig stubborn = new Rig(Rig.SETTINGS, ScriptedReconciler.ignoringCancellation());
        stubborn.stage().todos(0, 2);
        RecordingSubscriber subscriber = stubborn.join();
        stubborn.stage().todos(1, 2).hold();
        stubborn.nextPoll();
        ScriptedCall late = stubborn.upstream.held().get(0);
        stubborn.leave(subscriber);
        stubborn.stage().release().todos(2, 2);
        RecordingSubscriber back = stubborn.resume("epoch1-1");
        back.takeEvents();

        stubborn.stage().todos(1, 2);
        late.answer();
        stubborn.time.runReady();

        assertEquals(List.of(), back.takeEvents());
        assertEquals(
                2,
                Rig.view(stubborn.join())
                        .runtimes()
                        .get("s1")
                        .get("todoCompleted")
                        .intValue());
    }

    @Test
    void pauseThatTheUpstreamAskedForOutlivesTheLastSubscriber() {
        rig.stack()
                .failsWith(
                        new ReconcileException(ErrorCode.UPSTREAM_UNAVAILABLE, "Later.", Duration.ofSeconds(50), null));
        for (int i = 0; i < 10; i++) {
            rig.leave(rig.join());
            rig.time.advance(Duration.ofMillis(100));
        }
        assertEquals(1, rig.upstream.callCount());

        rig.join();
        rig.time.advance(Duration.ofSeconds(48));
        assertEquals(1, rig.upstream.callCount());
        rig.time.advance(Duration.ofSeconds(2));
        assertEquals(2, rig.upstream.callCount());
    }
}
