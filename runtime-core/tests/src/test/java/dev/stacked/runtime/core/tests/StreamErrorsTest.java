package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.testkit.RecordingSubscriber;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Errors on a stream that goes on. */
final class StreamErrorsTest {
    private final Rig rig = new Rig();

    @Test
    void errorIsToldOnChangeAndNotOnEveryPoll() {
        rig.stage();
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();
        rig.stack().failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);
        for (int i = 0; i < 5; i++) {
            rig.nextPollOfAnOutage();
        }

        assertEquals(List.of("upstream-unavailable"), Rig.codes(subscriber));
        rig.stack().failsWith(ErrorCode.INVALID_UPSTREAM_RESPONSE);
        rig.nextPollOfAnOutage();
        rig.nextPollOfAnOutage();
        assertEquals(List.of("invalid-upstream-response"), Rig.codes(subscriber));
        rig.stack().recovers();
        rig.nextPollOfAnOutage();
        rig.stack().failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);
        rig.nextPollOfAnOutage();
        assertEquals(List.of("upstream-unavailable"), Rig.codes(subscriber), "After a recovery it is news.");
    }

    @Test
    void stageErrorIsEmittedPerStageOnChange() {
        rig.stage().failsWith(ErrorCode.RECONCILE_FAILED);
        rig.stack().stage("s2");
        RecordingSubscriber subscriber = rig.join();
        rig.nextPoll();
        assertEquals(
                Rig.json(
                        "{'stackId':'checkout','code':'reconcile-failed','message':'Scripted: reconcile-failed.','stageId':'s1',"
                                + "'retryable':true}"),
                Rig.json(Rig.errors(subscriber).get(0)));

        rig.stack().stage("s2").failsWith(ErrorCode.RECONCILE_FAILED);
        rig.nextPoll();
        rig.nextPoll();

        List<EncodedEvent> errors = Rig.errors(subscriber);
        assertEquals(1, errors.size());
        assertEquals("s2", Rig.json(errors.get(0)).get("stageId").stringValue());
    }

    @Test
    void stageThatRecoversUnchangedIsConfirmedOnce() {
        rig.stage();
        rig.stack().stage("s2").failsWith(ErrorCode.RECONCILE_FAILED);
        RecordingSubscriber subscriber = rig.join();
        rig.stage().failsWith(ErrorCode.RECONCILE_FAILED);
        rig.nextPoll();
        subscriber.takeEvents();

        rig.stage().recovers();
        rig.nextPoll();
        List<EncodedEvent> events = subscriber.takeEvents();
        assertEquals(
                List.of("stage-runtime"),
                events.stream().map(EncodedEvent::name).toList());
        assertEquals("s1", Rig.json(events.get(0)).get("stageId").stringValue());
        rig.nextPoll();

        assertEquals(List.of(), subscriber.takeNames());
    }

    @Test
    void stageRemovedInTheMiddleOfAPollIsNoFailure() {
        rig.stage();
        rig.stack().stage("s2");
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();
        rig.stack().stage("s2").failsWith(ErrorCode.STACK_NOT_FOUND);
        rig.nextPoll();
        assertEquals(List.of(), subscriber.takeNames());

        rig.stack().removeStage("s2");
        rig.nextPoll();

        assertEquals(List.of("snapshot"), subscriber.takeNames());
    }

    @Test
    void slowSubscriberGetsNoErrorWhoseCauseIsOver() {
        rig.stage();
        RecordingSubscriber slow = rig.joinStalled();
        rig.stage().failsWith(ErrorCode.RECONCILE_FAILED);
        rig.nextPoll();
        rig.stage().recovers();
        rig.nextPoll();

        slow.request(10);
        rig.time.runReady();

        assertEquals(List.of("snapshot"), slow.takeNames());
    }

    @Test
    void stageCannotSayThatTheStackDoesNotExist() {
        rig.stage();
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();
        rig.stage().failsWith(ErrorCode.STACK_NOT_FOUND);
        for (int i = 0; i < 3; i++) {
            rig.nextPoll();
        }

        assertEquals(
                List.of(Rig.json(
                        "{'stackId':'checkout','code':'reconcile-failed','message':'Scripted: stack-not-found.','stageId':'s1',"
                                + "'retryable':true}")),
                Rig.errors(subscriber).stream().map(Rig::json).toList());
        assertTrue(subscriber.error().isEmpty());
        rig.stage().recovers().todos(1, 9);
        rig.nextPoll();
        assertEquals(List.of("stage-runtime"), subscriber.takeNames());
    }

    @Test
    void documentCannotSayThatAReconcileFailed() {
        rig.stage();
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();

        rig.stack().failsWith(ErrorCode.RECONCILE_FAILED);
        rig.nextPoll();

        assertEquals(
                List.of(Rig.json(
                        "{'stackId':'checkout','code':'upstream-unavailable','message':'Scripted: reconcile-failed.',"
                                + "'retryable':true}")),
                Rig.errors(subscriber).stream().map(Rig::json).toList());
    }

    @Test
    void breakerThatOpensBetweenDocumentAndStagesIsToldOnce() {
        rig.stage();
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();

        rig.stage().failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);
        for (int i = 0; i < 5; i++) {
            rig.nextPollOfAnOutage();
        }

        assertEquals(List.of("upstream-unavailable"), Rig.codes(subscriber));
        rig.stage().recovers();
        rig.nextPollOfAnOutage();
        rig.stage().failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);
        rig.nextPollOfAnOutage();
        assertEquals(List.of("upstream-unavailable"), Rig.codes(subscriber), "After a recovery it is news.");
    }

    @Test
    void errorHasNoIdAndMayBeRenamed() {
        Rig renamed = new Rig(Rig.SETTINGS.withErrorEvent("upstream-error"));
        renamed.stage();
        RecordingSubscriber subscriber = renamed.join();
        subscriber.takeEvents();

        renamed.stack().failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);
        renamed.nextPoll();

        EncodedEvent error = subscriber.takeEvents().get(0);
        assertEquals("upstream-error", error.name());
        assertTrue(error.id().isEmpty());
    }

    @Test
    void newcomerIsToldWhatIsFailing() {
        rig.stage();
        rig.join();
        rig.stack().failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);
        rig.nextPoll();

        RecordingSubscriber newcomer = rig.join();

        assertEquals(List.of("snapshot", "error"), newcomer.takeNames());
    }
}
