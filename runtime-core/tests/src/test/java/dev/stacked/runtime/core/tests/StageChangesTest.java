package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.testkit.RecordingSubscriber;
import dev.stacked.runtime.testkit.ScriptedCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The events that changes of a stack cause. */
final class StageChangesTest {
    private final Rig rig = new Rig();

    @Test
    void keyOrderAndTheWayANumberIsWrittenMakeNoChange() {
        rig.stage().with("pullRequest", Rig.json("{'number':2,'checks':{'a':1,'b':2.0}}"));
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();

        rig.stage().with("pullRequest", Rig.json("{'checks':{'b':2,'a':1.0},'number':2}"));
        rig.nextPoll();

        assertEquals(List.of(), subscriber.takeEvents());
    }

    @Test
    void aFieldThatWeDoNotKnowPassesAndCounts() {
        rig.stage().with("mood", Rig.json("{'n':12345678901234567890.5}"));
        RecordingSubscriber subscriber = rig.join();
        assertEquals(
                Rig.json("{'n':12345678901234567890.5}"),
                Rig.view(subscriber).runtimes().get("s1").get("mood"));
        subscriber.takeEvents();

        rig.stage().with("mood", Rig.json("'better'"));
        rig.nextPoll();

        assertEquals(List.of("stage-runtime"), subscriber.takeNames());
    }

    @Test
    void doneStageIsTakenFromTheDocumentAndNotReconciled() {
        rig.stage().is("approved").todos(4, 4);
        RecordingSubscriber subscriber = rig.join();
        rig.upstream.forgetCalls();

        rig.stage().is("done").stores("abc123", Rig.json("{'number':7}"));
        rig.nextPoll();

        assertEquals(
                Rig.json("{'stageStatus':'done','runtimeState':'missing','todoCompleted':0,'todoTotal':0,"
                        + "'approvedCommitSha':'abc123','pullRequest':{'number':7}}"),
                Rig.view(subscriber).runtimes().get("s1"));
        assertEquals(
                List.of("readStack(checkout)"),
                rig.upstream.calls().stream().map(ScriptedCall::toString).toList());
    }

    @Test
    void notStartedStageHasNoRuntimeAndIsNotReconciled() {
        rig.stage().is("not-started");

        RecordingSubscriber subscriber = rig.join();

        assertEquals(Map.of(), Rig.view(subscriber).runtimes());
        assertEquals(List.of("s1"), Rig.view(subscriber).stages());
        assertEquals(1, rig.upstream.callCount());
    }

    @Test
    void stageThatFallsBackToNotStartedIsDroppedThroughASnapshot() {
        rig.stage().is("in-progress");
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();

        rig.stage().is("not-started");
        rig.nextPoll();

        assertEquals(Map.of(), Rig.view(subscriber).runtimes());
        assertEquals(List.of("snapshot"), subscriber.takeNames());
    }

    @Test
    void reconcileThatAnswersNotStartedDropsTheStageOnceThroughASnapshot() {
        rig.stage().is("in-progress");
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();

        rig.stage().reconcileSays("not-started");
        rig.nextPoll();
        rig.nextPoll();

        assertEquals(List.of("snapshot"), subscriber.takeNames());
        assertEquals(Map.of(), Rig.view(subscriber).runtimes());
    }

    @Test
    void unknownStatusIsReconciledAndPassedThrough() {
        rig.stage().is("on-hold");

        RecordingSubscriber subscriber = rig.join();

        assertEquals(2, rig.upstream.callCount());
        assertEquals(
                "on-hold",
                Rig.view(subscriber).runtimes().get("s1").get("stageStatus").stringValue());
    }

    @Test
    void vanishedStageYieldsASnapshotWithoutIt() {
        rig.stage();
        rig.stack().stage("s2");
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();

        rig.stack().removeStage("s1");
        rig.nextPoll();

        assertEquals(List.of("s2"), Rig.view(subscriber).stages());
        assertFalse(Rig.view(subscriber).runtimes().containsKey("s1"));
        assertEquals(List.of("snapshot"), subscriber.takeNames());
    }

    @Test
    void answerForAStageThatVanishedMeanwhileIsDropped() {
        rig.stage();
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();
        rig.stage().hold();
        rig.nextPoll();
        ScriptedCall held = rig.upstream.held().get(0);
        rig.stack().removeStage("s1").stage("s2");

        held.answer();
        rig.time.runReady();
        rig.nextPoll();

        assertEquals(List.of("snapshot", "stage-runtime", "error"), sorted(subscriber.takeNames()));
        assertEquals(List.of("s2"), Rig.view(subscriber).stages());
    }

    private static List<String> sorted(List<String> names) {
        return names.stream()
                .sorted((a, b) -> Boolean.compare(a.equals("error"), b.equals("error")))
                .toList();
    }

    @Test
    void newStageYieldsASnapshotAndThenItsRuntime() {
        rig.stage();
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();

        rig.stack().stage("s2");
        rig.nextPoll();

        assertEquals(List.of("snapshot", "stage-runtime"), subscriber.takeNames());
        assertEquals(List.of("s1", "s2"), Rig.view(subscriber).stages());
    }

    @Test
    void changedTitleYieldsASnapshot() {
        rig.stage();
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();

        rig.stage().titled("Better name");
        rig.nextPoll();

        assertEquals(List.of("Better name"), Rig.view(subscriber).titles());
        assertEquals(List.of("snapshot"), subscriber.takeNames());
    }

    @Test
    void changedOrderYieldsASnapshot() {
        rig.stage();
        rig.stack().stage("s2");
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();

        rig.stack().moveStage("s2", 0);
        rig.nextPoll();

        assertEquals(List.of("s2", "s1"), Rig.view(subscriber).stages());
        assertEquals(List.of("snapshot"), subscriber.takeNames());
    }

    @Test
    void eachChangeIsToldWhenItsAnswerArrivesAndNotAtTheEndOfThePoll() {
        rig.stage().todos(0, 1);
        rig.stack().stage("s2").todos(0, 1);
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();

        rig.stage().todos(1, 1);
        rig.stack().stage("s2").todos(1, 1).hold();
        rig.nextPoll();

        List<EncodedEvent> events = subscriber.takeEvents();
        assertEquals(1, events.size());
        assertEquals("s1", Rig.json(events.get(0)).get("stageId").stringValue());
        rig.stack().stage("s2").release();
        rig.time.runReady();
        assertEquals(List.of("stage-runtime"), subscriber.takeNames());
    }

    @Test
    void failedStageKeepsItsLastRuntime() {
        rig.stage().todos(1, 2);
        RecordingSubscriber first = rig.join();
        rig.stage().failsWith(ErrorCode.RECONCILE_FAILED);
        rig.nextPoll();

        RecordingSubscriber second = rig.join();

        assertEquals(Rig.view(first).runtimes(), Rig.view(second).runtimes());
        assertEquals(
                1, Rig.view(second).runtimes().get("s1").get("todoCompleted").intValue());
    }

    @Test
    void stackWithoutStagesHasAnEmptySnapshot() {
        rig.stack();

        RecordingSubscriber subscriber = rig.join();

        assertEquals(List.of("snapshot"), subscriber.takeNames());
        assertEquals(List.of(), Rig.view(subscriber).stages());
    }

    @Test
    void nullPullRequestIsAbsent() {
        rig.stage().with("pullRequest", JsonNodeFactory.instance.nullNode());

        RecordingSubscriber subscriber = rig.join();

        assertFalse(Rig.view(subscriber).runtimes().get("s1").has("pullRequest"));
    }

    @Test
    void statusThatOnlyTheDocumentChangesReachesEverySubscriber() {
        rig.stage().is("not-started");
        RecordingSubscriber old = rig.join();

        rig.stage().is("in-progress").failsWith(ErrorCode.RECONCILE_FAILED);
        rig.nextPoll();
        RecordingSubscriber fresh = rig.join();

        assertEquals(fresh.lastEventId(), old.lastEventId());
        assertEquals(newestStages(fresh), newestStages(old));
        assertEquals("in-progress", newestStages(old).get(0).get("status").stringValue());
    }

    private static JsonNode newestStages(RecordingSubscriber subscriber) {
        return subscriber.events().stream()
                .filter(event -> event.name().equals("snapshot"))
                .reduce((older, newer) -> newer)
                .map(event -> Rig.json(event).get("stages"))
                .orElseThrow();
    }
}
