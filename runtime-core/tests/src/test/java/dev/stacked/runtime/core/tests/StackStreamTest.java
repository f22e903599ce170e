package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.testkit.RecordingSubscriber;
import dev.stacked.runtime.testkit.ScriptedCall;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The main purpose of a stream. */
final class StackStreamTest {
    private final Rig rig = new Rig();

    @Test
    void snapshotOnConnection() {
        rig.stage().is("in-progress").titled("First").todos(1, 3);

        RecordingSubscriber subscriber = rig.join();

        assertTrue(subscriber.isOpen());
        EncodedEvent snapshot = subscriber.events().get(0);
        assertEquals("snapshot", snapshot.name());
        assertEquals("epoch1-1", snapshot.id().orElseThrow().toString());
        assertEquals(
                Rig.json("{'stackId':'checkout','runtimeByStageId':{'s1':{'stageStatus':'in-progress',"
                        + "'runtimeState':'idle','todoCompleted':1,'todoTotal':3}},"
                        + "'stages':[{'id':'s1','title':'First','status':'in-progress'}],"
                        + "'observedAt':'2026-01-01T00:00:00.000Z'}"),
                Rig.json(snapshot));
        assertEquals(1, subscriber.events().size());
    }

    @Test
    void stageRuntimeOnChanges() {
        rig.stage().todos(0, 2);
        rig.stack().stage("s2");
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();

        rig.stage().todos(1, 2);
        rig.nextPoll();

        EncodedEvent change = subscriber.takeEvents().get(0);
        assertEquals("stage-runtime", change.name());
        assertEquals("s1", Rig.json(change).get("stageId").stringValue());
        assertEquals(rig.stage().runtime().toJson(), Rig.json(change).get("runtime"));
        rig.nextPoll();
        assertEquals(List.of(), subscriber.takeEvents(), "Unchanged state is not emitted.");
    }

    @Test
    void reviewReadyOnInProgressToReview() {
        rig.stage().is("in-progress").titled("Fix it");
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();

        rig.stage().is("review");
        rig.nextPoll();

        List<EncodedEvent> events = subscriber.takeEvents();
        assertEquals(
                List.of("stage-runtime", "review-ready"),
                events.stream().map(EncodedEvent::name).toList());
        assertEquals("s1", Rig.json(events.get(1)).get("stageId").stringValue());
        assertEquals("Fix it", Rig.json(events.get(1)).get("stageTitle").stringValue());
    }

    @Test
    void reviewReadyIsNotRepeated() {
        rig.stage().is("in-progress");
        RecordingSubscriber subscriber = rig.join();
        rig.stage().is("review");
        rig.nextPoll();
        subscriber.takeEvents();

        rig.stage().todos(3, 3);
        rig.nextPoll();
        rig.nextPoll();

        assertEquals(List.of("stage-runtime"), subscriber.takeNames());
    }

    @Test
    void streamStaysAliveAfterRecoverableFailures() {
        rig.stage().todos(0, 1);
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();

        for (ErrorCode code : List.of(ErrorCode.UPSTREAM_UNAVAILABLE, ErrorCode.INVALID_UPSTREAM_RESPONSE)) {
            rig.stack().failsWith(code);
            rig.nextPoll();
            assertEquals(List.of("error"), subscriber.takeNames());
        }
        rig.stack().recovers();
        rig.stage().failsWith(ErrorCode.RECONCILE_FAILED);
        rig.nextPoll();
        assertEquals(List.of("error"), subscriber.takeNames());
        rig.stage().recovers().todos(1, 1);
        rig.nextPoll();

        assertEquals(List.of("stage-runtime"), subscriber.takeNames());
        assertFalse(subscriber.isCompleted());
        assertTrue(subscriber.error().isEmpty());
    }

    @Test
    void pollerIsTornDownAfterTheLastSubscriber() {
        rig.stage();
        RecordingSubscriber first = rig.join();
        RecordingSubscriber second = rig.join();

        rig.leave(first);
        int before = rig.upstream.callCount();
        rig.nextPoll();
        assertEquals(before + 2, rig.upstream.callCount(), "One still reads.");

        rig.leave(second);
        int after = rig.upstream.callCount();
        rig.time.advance(Rig.SETTINGS.retain().multipliedBy(10));
        assertEquals(after, rig.upstream.callCount());
        assertEquals(0, rig.time.waitingTasks(), "Nothing of the stack is left.");
    }

    @Test
    void oneStackIsPolledOnceForAllItsSubscribers() {
        rig.stage();
        for (int i = 0; i < 50; i++) {
            rig.join();
        }
        rig.upstream.forgetCalls();

        rig.nextPoll();

        assertEquals(
                List.of("readStack(checkout)", "reconcileStage(checkout, s1)"),
                rig.upstream.calls().stream().map(ScriptedCall::toString).toList());
    }

    @Test
    void theSameEventObjectGoesToAllSubscribers() {
        rig.stage();
        RecordingSubscriber first = rig.join();
        RecordingSubscriber second = rig.join();

        rig.stage().todos(1, 1);
        rig.nextPoll();

        assertEquals(2, second.events().size());
        assertTrue(first.events().get(1) == second.events().get(1), "Encoded once");
    }
}
