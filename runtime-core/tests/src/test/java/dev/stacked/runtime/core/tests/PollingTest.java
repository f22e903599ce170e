package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.testkit.RecordingSubscriber;
import dev.stacked.runtime.testkit.ScriptedCall;
import dev.stacked.runtime.testkit.ScriptedReconciler;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Times and order of calls to the upstream. */
final class PollingTest {
    private static final Duration BUDGET = Rig.SETTINGS.callBudget();

    private final Rig rig = new Rig();

    @Test
    void pollsFollowEachOtherStartToStart() {
        rig.stage();
        rig.join();
        rig.nextPoll();
        rig.upstream.forgetCalls();

        rig.time.advance(Rig.POLL.multipliedBy(10));

        assertEquals(20, rig.upstream.callCount());
    }

    @Test
    void pollThatTakesLongerThanTheIntervalIsFollowedAtOnceAndNeverOverlapped() {
        rig.stage();
        rig.join();
        rig.stack().hold();
        rig.nextPoll();
        rig.nextPoll();
        assertEquals(1, rig.upstream.held().size());
        rig.upstream.forgetCalls();

        rig.stack().release();
        rig.time.runReady();

        assertEquals(List.of("readStack", "reconcileStage", "readStack", "reconcileStage"), kinds());
        assertEquals(1, rig.upstream.mostUnderWay("checkout"));
    }

    @Test
    void stagesAreReconciledOneAfterTheOther() {
        rig.stage();
        rig.stack().stage("s2");
        rig.stack().stage("s3");

        rig.join();

        assertEquals(List.of("s1", "s2", "s3"), reconciled());
        assertEquals(1, rig.upstream.mostUnderWay("checkout"));
    }

    @Test
    void stageThatFailedLastTimeIsAskedLast() {
        rig.stage().failsWith(ErrorCode.RECONCILE_FAILED);
        rig.stack().stage("s2");
        rig.stack().stage("s3");
        rig.join();
        rig.upstream.forgetCalls();

        rig.nextPoll();
        assertEquals(List.of("s2", "s3", "s1"), reconciled());
        rig.stage().recovers();
        rig.nextPoll();
        rig.upstream.forgetCalls();
        rig.nextPoll();

        assertEquals(List.of("s1", "s2", "s3"), reconciled());
    }

    @Test
    void hungStageHoldsBackTheOthersOnceAndThenNeverAgain() {
        rig.stage();
        rig.stack().stage("s2").todos(0, 9);
        RecordingSubscriber subscriber = rig.join();
        rig.stage().hold();
        rig.time.advance(Rig.POLL.plus(BUDGET));
        subscriber.takeEvents();

        rig.stack().stage("s2").todos(1, 9);
        rig.time.advance(BUDGET);

        assertEquals("stage-runtime", subscriber.takeNames().get(0));
        assertEquals("s1", reconciled().get(reconciled().size() - 1));
    }

    @Test
    void callThatNeverAnswersIsCancelledAfterItsBudgetAndThePollGoesOn() {
        rig.stage().hold();
        rig.stack().stage("s2");
        RecordingSubscriber subscriber = rig.join();
        ScriptedCall hung = rig.upstream.held().get(0);

        rig.time.advance(BUDGET);

        assertTrue(hung.isCancelled());
        assertEquals(List.of("s1", "s2"), reconciled().subList(0, 2));
        assertEquals(Set.of("s2"), Rig.view(subscriber).runtimes().keySet());
        assertTrue(subscriber.takeNames().contains("error"));
    }

    @Test
    void documentThatNeverComesIsAskedForAgainAndAgain() {
        rig.stage();
        rig.stack().hold();
        rig.join();

        rig.time.advance(Rig.MAX_BACK_OFF.multipliedBy(20));

        assertTrue(rig.upstream.callCount() > 20, "" + rig.upstream.callCount());
        assertEquals(1, rig.upstream.mostUnderWay("checkout"));
        assertTrue(rig.upstream.held().size() <= 1);
    }

    @Test
    void answerThatComesAfterItsBudgetIsDropped() {
        Rig stubborn = new Rig(Rig.SETTINGS, ScriptedReconciler.ignoringCancellation());
        stubborn.stage().todos(0, 9);
        RecordingSubscriber subscriber = stubborn.join();
        stubborn.stage().hold();
        stubborn.time.advance(Rig.POLL);
        ScriptedCall late = stubborn.upstream.held().get(0);
        stubborn.time.advance(BUDGET);
        stubborn.stage().todos(5, 9).release();
        stubborn.nextPoll();
        subscriber.takeEvents();

        stubborn.stage().todos(1, 9);
        late.answer();
        stubborn.time.runReady();

        assertEquals(List.of(), subscriber.takeEvents());
    }

    @Test
    void stageForWhichTheUpstreamAskedForAPauseIsLeftAloneUntilThen() {
        rig.stage();
        rig.stack().stage("s2");
        rig.join();
        rig.stage().failsWith(wait(ErrorCode.RECONCILE_FAILED, Duration.ofSeconds(9)));
        rig.nextPoll();
        rig.stage().recovers();
        rig.upstream.forgetCalls();

        rig.time.advance(Duration.ofSeconds(8));
        assertEquals(List.of("s2", "s2", "s2", "s2"), reconciled());
        rig.upstream.forgetCalls();
        rig.time.advance(Rig.POLL);
        assertEquals(Set.of("s1", "s2"), Set.copyOf(reconciled()));
    }

    @Test
    void stackForWhichTheUpstreamAskedForAPauseIsLeftAloneUntilThen() {
        rig.stage();
        rig.join();
        rig.stack().failsWith(wait(ErrorCode.UPSTREAM_UNAVAILABLE, Duration.ofSeconds(30)));
        rig.nextPoll();
        rig.stack().recovers();
        rig.upstream.forgetCalls();

        rig.time.advance(Duration.ofSeconds(28));
        assertEquals(0, rig.upstream.callCount());
        rig.time.advance(Duration.ofSeconds(2));
        assertEquals(2, rig.upstream.callCount());
        rig.nextPoll();
        assertEquals(4, rig.upstream.callCount(), "From then on as always.");
    }

    @Test
    void endlessPauseIsOverAfterAMinute() {
        rig.stage();
        rig.join();
        rig.stack().failsWith(wait(ErrorCode.UPSTREAM_UNAVAILABLE, ChronoUnit.FOREVER.getDuration()));
        rig.nextPoll();
        rig.stack().recovers();
        rig.upstream.forgetCalls();

        rig.time.advance(Duration.ofSeconds(58));
        assertEquals(0, rig.upstream.callCount());
        rig.time.advance(Duration.ofSeconds(2));
        assertEquals(2, rig.upstream.callCount());
    }

    @Test
    void breakerThatOpensBetweenStagesEndsThePoll() {
        rig.stage();
        rig.stack().stage("s2");
        rig.stack().stage("s3");
        rig.join();
        rig.stack().stage("s2").failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);
        rig.upstream.forgetCalls();

        rig.nextPoll();

        assertEquals(List.of("s1", "s2"), reconciled());
    }

    @Test
    void stacksThatWereJoinedTogetherDoNotStayInStep() {
        for (int i = 0; i < 100; i++) {
            rig.upstream.stack("stack " + i).stage("s1");
            rig.registry.stream(rig.upstream.stack("stack " + i).id()).subscribe(RecordingSubscriber.eager());
        }
        rig.time.advance(Rig.POLL.dividedBy(2));
        rig.upstream.forgetCalls();

        List<Integer> perSlot = new ArrayList<>();
        for (int slot = 0; slot < 10; slot++) {
            rig.time.advance(Rig.POLL.dividedBy(20));
            perSlot.add(rig.upstream.callCount());
            rig.upstream.forgetCalls();
        }

        assertEquals(200, perSlot.stream().mapToInt(Integer::intValue).sum(), "Each once: " + perSlot);
        assertTrue(perSlot.stream().allMatch(count -> count < 60), "Evenly: " + perSlot);
    }

    @Test
    void phaseOfAStackIsTheSameEveryTime() {
        Set<Integer> counts = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            Rig again = new Rig();
            again.stage();
            again.join();
            again.time.advance(Duration.ofMillis(1500));
            counts.add(again.upstream.callCount());
        }

        assertEquals(1, counts.size());
    }

    @Test
    void comingBackAfterAnIntervalPollsAtOnce() {
        rig.stage();
        rig.leave(rig.join());
        rig.upstream.forgetCalls();
        rig.time.advance(Rig.POLL);

        rig.join();

        assertEquals(2, rig.upstream.callCount());
    }

    @Test
    void readsWithinAnIntervalShareOnePoll() {
        rig.stage();
        List<RecordingSubscriber> readers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RecordingSubscriber reader = rig.join();
            readers.add(reader);
            rig.leave(reader);
            rig.time.advance(Duration.ofMillis(65));
        }

        assertEquals(2, rig.upstream.callCount());
        readers.forEach(reader -> assertEquals(List.of("snapshot"), reader.takeNames()));
    }

    @Test
    void readerWhoStaysIsPolledForWhenTheIntervalIsOver() {
        rig.stage();
        rig.leave(rig.join());
        rig.time.advance(Duration.ofMillis(500));
        RecordingSubscriber back = rig.join();
        rig.upstream.forgetCalls();
        rig.stage().todos(1, 2);

        rig.time.advance(Duration.ofMillis(1499));
        assertEquals(0, rig.upstream.callCount());
        rig.time.advance(Duration.ofMillis(1));

        assertEquals(2, rig.upstream.callCount());
        assertEquals(List.of("snapshot", "stage-runtime"), back.takeNames());
    }

    @Test
    void refreshOfAnUnreadStackMakesTheNextReaderWaitForAPoll() {
        rig.stage().todos(0, 2);
        rig.leave(rig.join());
        rig.stage().todos(1, 2);
        rig.registry.refresh(new StackId("checkout"));

        RecordingSubscriber back = rig.join();

        assertEquals(1, Rig.view(back).runtimes().get("s1").get("todoCompleted").intValue());
    }

    @Test
    void failedPollIsNoAnswerForTheNextReader() {
        rig.stage();
        rig.leave(rig.join());
        rig.time.advance(Rig.POLL);
        rig.stack().failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);
        rig.leave(rig.join());

        RecordingSubscriber back = rig.join();
        rig.time.advance(Rig.POLL);

        assertEquals(List.of("snapshot", "error"), back.takeNames());
    }

    private static ReconcileException wait(ErrorCode code, Duration retryAfter) {
        return new ReconcileException(code, "Later, please.", retryAfter, null);
    }

    private List<String> reconciled() {
        return rig.upstream.calls().stream()
                .flatMap(call -> call.stage().stream())
                .map(Object::toString)
                .toList();
    }

    private List<String> kinds() {
        return rig.upstream.calls().stream()
                .map(call -> call.stage().isPresent() ? "reconcileStage" : "readStack")
                .toList();
    }
}
