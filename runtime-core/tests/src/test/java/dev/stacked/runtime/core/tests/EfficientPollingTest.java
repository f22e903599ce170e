package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StreamSettings;
import dev.stacked.runtime.testkit.RecordingSubscriber;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A stack is polled no more than its upstream wants, and every change is still found. */
final class EfficientPollingTest {
    private static final Duration DOCUMENT = Duration.ofSeconds(10);

    private static Rig rig(StreamSettings settings) {
        Rig rig = new Rig(settings);
        rig.stage().is("in-progress");
        return rig;
    }

    private static long documents(Rig rig) {
        return rig.upstream.calls().stream()
                .filter(call -> call.stage().isEmpty())
                .count();
    }

    private static long reconciles(Rig rig) {
        return rig.upstream.callCount() - documents(rig);
    }

    private static Duration interval(Rig rig) {
        return rig.status().interval();
    }

    private static void refresh(Rig rig) {
        rig.registry.refresh(new StackId("checkout"));
        rig.time.runReady();
    }

    @Test
    void documentIsReadLessOftenThanStagesAreReconciled() {
        Rig rig = rig(Rig.SETTINGS.withDocumentInterval(DOCUMENT));
        RecordingSubscriber client = rig.join();
        rig.time.advance(Duration.ofSeconds(15)); // past the shorter first interval
        rig.upstream.forgetCalls();

        rig.time.advance(Duration.ofMinutes(1));

        assertEquals(6, documents(rig));
        assertEquals(30, reconciles(rig));
        assertEquals(List.of("snapshot"), client.takeNames());
    }

    @Test
    void statusChangesAreFoundBetweenTwoReadsOfTheDocument() {
        Rig rig = rig(Rig.SETTINGS.withDocumentInterval(DOCUMENT));
        RecordingSubscriber client = rig.join();
        rig.nextPoll();
        rig.stage().is("review");
        rig.upstream.forgetCalls();

        rig.nextPoll();

        assertEquals(0, documents(rig));
        assertEquals(List.of("snapshot", "stage-runtime", "review-ready"), client.takeNames());
    }

    @Test
    void newStageIsFoundWithTheNextDocumentOrWithARefresh() {
        Rig rig = rig(Rig.SETTINGS.withDocumentInterval(DOCUMENT));
        RecordingSubscriber client = rig.join();
        rig.stack().stage("s2").is("in-progress");
        rig.nextPoll();
        assertEquals(List.of("snapshot"), client.takeNames());

        refresh(rig);
        assertEquals(List.of("snapshot", "stage-runtime"), client.takeNames());

        rig.stack().stage("s3").is("in-progress");
        rig.time.advance(DOCUMENT);
        assertEquals(List.of("snapshot", "stage-runtime"), client.takeNames());
    }

    @Test
    void stageThatTheUpstreamNoLongerKnowsMakesTheNextPollReadTheDocument() {
        Rig rig = rig(Rig.SETTINGS.withDocumentInterval(Duration.ofMinutes(10)));
        rig.stack().stage("s2").is("in-progress");
        RecordingSubscriber client = rig.join();
        rig.nextPoll();
        client.takeNames();
        rig.stack().stage("s2").failsWith(ErrorCode.STACK_NOT_FOUND);
        rig.nextPoll();
        rig.stack().removeStage("s2");

        rig.nextPoll();

        assertEquals(List.of("snapshot"), client.takeNames());
        assertEquals(List.of("s1"), Rig.view(client).stages());
    }

    @Test
    void documentThatCouldNotBeReadIsReadWithEveryPollUntilItCan() {
        Rig rig = rig(Rig.SETTINGS.withDocumentInterval(Duration.ofMinutes(10)));
        rig.join();
        rig.nextPoll();
        rig.stack().failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);
        refresh(rig);
        rig.upstream.forgetCalls();

        rig.nextPoll();
        assertEquals(1, documents(rig));
        rig.stack().recovers();
        rig.nextPollOfAnOutage();

        assertEquals(2, documents(rig));
    }

    @Test
    void idleStackIsPolledNoMoreOftenThanItsDocumentIsRead() {
        Rig rig = rig(Rig.SETTINGS.withDocumentInterval(Duration.ofSeconds(30)));
        rig.stage().is("done");
        rig.join();
        rig.time.advance(Duration.ofSeconds(30));
        rig.upstream.forgetCalls();

        rig.time.advance(Duration.ofMinutes(2));

        assertEquals(4, rig.upstream.callCount());
        assertEquals(Duration.ofSeconds(30), interval(rig));
    }

    @Test
    void intervalGrowsWithAnnouncedChangesAndOneThatWasNotRestoresIt() {
        Rig rig = rig(Rig.SETTINGS.withMaxPollInterval(Duration.ofSeconds(30)));
        RecordingSubscriber client = rig.join();
        rig.nextPoll();
        assertEquals(Rig.POLL, interval(rig));
        for (int change = 1; change <= 5; change++) {
            rig.stage().todos(change, 9);
            refresh(rig);
            rig.time.advance(Duration.ofMillis(100)); // nudged polls keep a distance
        }
        assertEquals(Duration.ofSeconds(30), interval(rig));
        rig.upstream.forgetCalls();
        rig.time.advance(Duration.ofMinutes(5));
        assertEquals(10, documents(rig));
        client.takeNames();

        rig.stage().is("review");
        rig.time.advance(Duration.ofSeconds(30));

        assertEquals(List.of("stage-runtime", "review-ready"), client.takeNames());
        assertEquals(Rig.POLL, interval(rig));
    }

    @Test
    void withoutAMaximumTheIntervalStays() {
        Rig rig = rig(Rig.SETTINGS);
        rig.join();
        rig.nextPoll();
        rig.stage().todos(1, 9);
        refresh(rig);

        assertEquals(Rig.POLL, interval(rig));
    }

    @Test
    void changesWhileNobodyReadProveNothing() {
        Rig rig = rig(Rig.SETTINGS.withMaxPollInterval(Duration.ofSeconds(30)));
        RecordingSubscriber client = rig.join();
        rig.nextPoll();
        rig.stage().todos(1, 9);
        refresh(rig);
        assertEquals(Duration.ofSeconds(4), interval(rig));
        rig.leave(client);
        rig.stage().todos(2, 9);
        rig.time.advance(Duration.ofSeconds(30));

        rig.join();

        assertEquals(Duration.ofSeconds(4), interval(rig));
    }

    @Test
    void stackThatFailsIsPolledAtTheUsualInterval() {
        Rig rig = rig(Rig.SETTINGS.withMaxPollInterval(Duration.ofSeconds(30)));
        rig.join();
        rig.nextPoll();
        rig.stage().todos(1, 9);
        refresh(rig);
        rig.stage().failsWith(ErrorCode.RECONCILE_FAILED);
        refresh(rig);
        rig.time.advance(Duration.ofMillis(100));

        assertEquals(Rig.POLL, interval(rig));
    }

    @Test
    void callsOfAllStacksTogetherKeepTheRate() {
        Rig rig = rig(Rig.SETTINGS.withUpstreamRate(5));
        for (int stack = 0; stack < 10; stack++) {
            rig.upstream.stack("s" + stack).stage("only").is("in-progress");
            rig.registry.stream(new StackId("s" + stack)).subscribe(RecordingSubscriber.eager());
        }
        rig.time.advance(Duration.ofSeconds(10));
        rig.upstream.forgetCalls();

        rig.time.advance(Duration.ofSeconds(20));

        assertEquals(100, rig.upstream.callCount());
        for (int stack = 0; stack < 10; stack++) {
            StackId id = new StackId("s" + stack);
            long calls = rig.upstream.calls().stream()
                    .filter(call -> call.stack().equals(id))
                    .count();
            assertEquals(10, calls, () -> id + " has its share.");
        }
    }

    @Test
    void callThatWaitsForTheRateIsNotMadeOnceItsReaderHasLeft() {
        Rig rig = rig(Rig.SETTINGS.withUpstreamRate(1));
        RecordingSubscriber client = rig.join();
        assertEquals(1, rig.upstream.callCount());

        rig.leave(client);
        rig.time.advance(Duration.ofSeconds(10));

        assertEquals(1, rig.upstream.callCount());
    }

    @Test
    void pauseThatTheUpstreamAskedForOutlivesReadersWhateverTheTimeOfDay() {
        Rig rig = rig(Rig.SETTINGS);
        Duration pause = Duration.ofSeconds(50);
        rig.stack().failsWith(new ReconcileException(ErrorCode.UPSTREAM_UNAVAILABLE, "Busy.", pause, null));
        rig.leave(rig.join());
        rig.time.setClock(Duration.ofHours(-1));
        for (int i = 0; i < 10; i++) {
            rig.leave(rig.join());
        }
        rig.time.advance(pause.minusMillis(1));
        RecordingSubscriber client = rig.join();
        assertEquals(1, rig.upstream.callCount());

        rig.stack().recovers();
        rig.time.advance(Duration.ofMillis(1));

        assertEquals(3, rig.upstream.callCount());
        assertTrue(client.takeNames().contains("snapshot"));
    }

    @Test
    void pauseOfAStageIsNotLongerWhenTheClockIsSetBack() {
        Rig rig = rig(Rig.SETTINGS);
        RecordingSubscriber client = rig.join();
        rig.stage().failsWith(new ReconcileException(ErrorCode.RECONCILE_FAILED, "Busy.", Duration.ofSeconds(5), null));
        rig.nextPoll();
        rig.time.setClock(Duration.ofHours(-1));
        rig.stage().recovers().is("review");
        client.takeNames();

        rig.time.advance(Duration.ofSeconds(6));

        assertEquals(List.of("stage-runtime", "review-ready"), client.takeNames());
    }

    @Test
    void pauseOfAStageHoldsForANewPollerToo() {
        Rig rig = new Rig(Rig.SETTINGS.withMaxStacks(1));
        rig.stage()
                .failsWith(new ReconcileException(ErrorCode.RECONCILE_FAILED, "Busy.", Duration.ofSeconds(30), null));
        rig.leave(rig.join());
        rig.upstream.stack("other").stage("s1").is("in-progress");
        rig.registry.stream(new StackId("other")).subscribe(RecordingSubscriber.eager());
        rig.time.advance(Rig.POLL);
        rig.upstream.forgetCalls();

        rig.join();

        assertEquals(
                0,
                rig.upstream.calls().stream()
                        .filter(call -> call.stack().value().equals("checkout")
                                && call.stage().isPresent())
                        .count());
    }

    @Test
    void recoveryWithoutAChangeProvesNothing() {
        Rig rig = rig(Rig.SETTINGS.withMaxPollInterval(Duration.ofSeconds(30)));
        rig.join();
        rig.nextPoll();
        rig.stage().todos(1, 9);
        refresh(rig);
        rig.stage().failsWith(ErrorCode.RECONCILE_FAILED);
        rig.time.advance(Duration.ofSeconds(4));
        rig.stage().recovers();

        rig.time.advance(Rig.POLL);

        assertEquals(Duration.ofSeconds(4), interval(rig));
    }

    @Test
    void pollsOfAnIdleStackAlwaysReadTheDocument() {
        Rig rig = rig(Rig.SETTINGS.withDocumentInterval(DOCUMENT));
        rig.stage().is("done");
        rig.join();

        rig.time.advance(DOCUMENT.minusMillis(1));
        assertEquals(1, rig.upstream.callCount());
        rig.join(); // hastens a poll, which would find nothing to do
        rig.time.advance(Duration.ofMillis(1));

        assertEquals(2, rig.upstream.callCount());
    }

    @Test
    void refreshDuringAPollThatIsCancelledIsNotLost() {
        Rig rig = rig(Rig.SETTINGS);
        RecordingSubscriber client = rig.join();
        rig.time.advance(Duration.ofSeconds(1));
        rig.stage().todos(1, 9);
        rig.stack().hold();
        refresh(rig);
        rig.leave(client);
        rig.stack().release();

        RecordingSubscriber back = rig.join();

        assertEquals(1, Rig.view(back).runtimes().get("s1").get("todoCompleted").intValue());
    }

    @Test
    void readersThatGiveUpWaitingForTheRateDelayNoOther() {
        Rig rig = rig(Rig.SETTINGS.withUpstreamRate(1));
        rig.join();
        for (int reader = 0; reader < 100; reader++) {
            rig.upstream.stack("made up " + reader);
            RecordingSubscriber hasty = RecordingSubscriber.eager();
            rig.registry.stream(new StackId("made up " + reader)).subscribe(hasty);
            rig.time.runReady();
            rig.leave(hasty);
        }

        rig.time.advance(Duration.ofSeconds(2));

        assertEquals(3, rig.upstream.callCount());
    }
}
