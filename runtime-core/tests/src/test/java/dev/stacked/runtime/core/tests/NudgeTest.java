package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.testkit.RecordingSubscriber;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nudges: notices from outside that a stack has changed. */
final class NudgeTest {
    private static final Duration LIMIT = Duration.ofMillis(100);

    private final Rig rig = new Rig();

    private void nudge() {
        rig.registry.refresh(new StackId("checkout"));
        rig.time.runReady();
    }

    /** Number of reads of the document since the calls were forgotten. */
    private long polls() {
        return rig.upstream.calls().stream()
                .filter(call -> call.stage().isEmpty())
                .count();
    }

    @Test
    void changeIsToldAtOnce() {
        rig.stage().todos(0, 9);
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();
        rig.stage().todos(1, 9);

        nudge();

        assertEquals(List.of("stage-runtime"), subscriber.takeNames());
    }

    @Test
    void nextPollAfterANudgedOneComesAnIntervalLater() {
        rig.stage();
        rig.join();
        rig.nextPoll();
        nudge();
        rig.upstream.forgetCalls();

        rig.time.advance(Rig.POLL.minusMillis(1));
        assertEquals(0, polls());
        rig.time.advance(Duration.ofMillis(1));
        assertEquals(1, polls());
    }

    @Test
    void pollUnderWayIsFollowedByOneMoreHoweverManyNudgesCame() {
        rig.stage().todos(0, 9);
        RecordingSubscriber subscriber = rig.join();
        rig.stage().hold();
        rig.nextPoll();
        nudge();
        nudge();
        nudge();
        assertEquals(1, rig.upstream.mostUnderWay("checkout"));
        subscriber.takeEvents();
        rig.upstream.forgetCalls();

        rig.stage().todos(1, 9).release();
        rig.time.runReady();
        assertEquals(1, polls(), "The follower; the document under way was read before.");

        rig.time.advance(Rig.POLL.minusMillis(1));
        assertEquals(1, polls());
    }

    @Test
    void changeAfterTheDocumentWasReadIsNotMissedByTheNudgeThatTellsOfIt() {
        rig.stage();
        rig.stack().stage("s2").is("not-started");
        RecordingSubscriber subscriber = rig.join();
        rig.stage().hold();
        rig.nextPoll();
        rig.stack().stage("s2").is("in-progress");
        nudge();
        subscriber.takeEvents();

        rig.stage().release();
        rig.time.runReady();

        assertEquals(
                "in-progress",
                Rig.view(subscriber).runtimes().get("s2").get("stageStatus").stringValue());
    }

    @Test
    void nudgesThatFollowEachOtherCloselyMakeOnePollEachTenthOfASecondAndTheLastIsNotLost() {
        rig.stage().todos(0, 9);
        RecordingSubscriber subscriber = rig.join();
        rig.upstream.forgetCalls();
        for (int i = 0; i < 50; i++) {
            nudge();
            rig.time.advance(Duration.ofMillis(10));
        }
        assertEquals(6, polls(), "One at once, and one for each tenth of a second after it.");
        subscriber.takeEvents();

        rig.stage().todos(1, 9);
        nudge();
        rig.time.advance(LIMIT);

        assertEquals(List.of("stage-runtime"), subscriber.takeNames());
    }

    @Test
    void usualPollBetweenTwoNudgesStandsForTheSecond() {
        rig.stage();
        rig.join();
        rig.nextPoll();
        rig.upstream.forgetCalls();
        nudge();
        rig.time.advance(Rig.POLL);
        assertEquals(2, polls(), "A nudged one and a usual one.");
        nudge();
        rig.time.advance(LIMIT);

        assertEquals(3, polls());
    }

    @Test
    void pauseThatTheUpstreamAskedForIsKeptAndTheNudgeRunsAfterIt() {
        rig.stage();
        rig.join();
        rig.stack()
                .failsWith(
                        new ReconcileException(ErrorCode.UPSTREAM_UNAVAILABLE, "Later.", Duration.ofSeconds(20), null));
        rig.nextPoll();
        rig.stack().recovers();
        rig.upstream.forgetCalls();

        nudge();
        rig.time.advance(Duration.ofSeconds(17));
        assertEquals(0, polls());
        rig.time.advance(Duration.ofSeconds(3));
        assertEquals(1, polls());
    }

    @Test
    void nudgeEndsABackOff() {
        rig.stage();
        RecordingSubscriber subscriber = rig.join();
        rig.stack().failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);
        rig.time.advance(Duration.ofMinutes(5));
        subscriber.takeEvents();
        rig.stack().recovers();
        rig.stage().todos(1, 9);

        nudge();

        assertEquals(List.of("stage-runtime"), subscriber.takeNames());
    }

    @Test
    void nudgeEndsAnIdleWait() {
        rig.stage().is("done");
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();
        rig.stage().is("in-progress");

        nudge();

        assertEquals(List.of("stage-runtime"), subscriber.takeNames());
    }

    @Test
    void stackThatNobodyReadsIsNotPolledAndNothingIsMadeForIt() {
        rig.stage();

        for (int i = 0; i < 1000; i++) {
            rig.registry.refresh(new StackId("made up " + i));
        }
        nudge();

        assertEquals(0, rig.upstream.callCount());
        assertEquals(0, rig.time.waitingTasks());
        assertEquals(List.of(), rig.registry.pollers().toCompletableFuture().getNow(List.of()));
    }

    @Test
    void keptStackIsNotPolledButByWhoeverComesNext() {
        rig.stage().todos(0, 9);
        RecordingSubscriber before = rig.join();
        rig.leave(before);
        rig.upstream.forgetCalls();
        rig.stage().todos(1, 9);

        nudge();
        assertEquals(0, polls());

        assertEquals(
                List.of("stage-runtime"),
                rig.resume(before.lastEventId().orElseThrow()).takeNames());
    }

    @Test
    void retiredStackIsNotPolled() {
        rig.stage();
        rig.leave(rig.join());
        rig.time.advance(Rig.SETTINGS.retain());
        rig.upstream.forgetCalls();

        nudge();

        assertEquals(0, polls());
        assertEquals(0, rig.time.waitingTasks());
    }

    @Test
    void nudgeOfOneTimeDoesNotCauseAPollInTheNext() {
        rig.stage();
        rig.stack().hold();
        RecordingSubscriber subscriber = rig.join();
        nudge();
        rig.leave(subscriber);
        rig.stack().release();
        rig.upstream.forgetCalls();

        rig.join();

        assertEquals(1, polls());
    }

    @Test
    void closedRegistryTakesNudgesWithoutHarm() {
        rig.stage();
        rig.join();
        rig.registry.close();
        rig.time.runReady();
        rig.upstream.forgetCalls();

        nudge();

        assertEquals(0, polls());
        assertTrue(rig.time.waitingTasks() == 0);
    }

    @Test
    void nudgesDoNotMakeAShortRestartOfTheUpstreamTheEndOfAStack() {
        rig.stage();
        RecordingSubscriber subscriber = rig.join();
        rig.stack().failsWith(ErrorCode.STACK_NOT_FOUND);
        nudge();
        rig.time.advance(Duration.ofMillis(150));
        nudge();
        rig.time.advance(Duration.ofMillis(150));
        assertTrue(subscriber.error().isEmpty());

        rig.stack().recovers();
        rig.time.advance(Duration.ofSeconds(5));
        assertTrue(subscriber.error().isEmpty());
    }
}
