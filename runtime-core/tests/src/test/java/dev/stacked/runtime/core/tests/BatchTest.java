package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StageAnswer;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.core.StageRuntime;
import dev.stacked.runtime.testkit.RecordingSubscriber;
import dev.stacked.runtime.testkit.ScriptedReconciler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A backend that reconciles many stages with one call. */
final class BatchTest {
    private final ScriptedReconciler backend = new ScriptedReconciler();
    private final Batching batching = new Batching(backend);
    private final Rig rig = new Rig(Rig.SETTINGS, backend, batching);

    private void givenStages(int count) {
        for (int stage = 1; stage <= count; stage++) {
            rig.stack().stage("s" + stage).is("in-progress");
        }
    }

    private static List<String> errors(RecordingSubscriber client) {
        return Rig.errors(client).stream()
                .map(Rig::json)
                .map(error -> error.path("stageId").asString("") + " "
                        + error.get("code").stringValue())
                .toList();
    }

    private int failing() {
        return rig.status().failing().size();
    }

    @Test
    void allStagesOfAPollAreOneCall() {
        givenStages(3);
        RecordingSubscriber client = rig.join();
        rig.stack().stage("s1").is("review");
        rig.stack().stage("s3").todos(1, 2);
        rig.nextPoll();

        assertEquals(List.of(3, 3), batching.sizes);
        assertEquals(List.of("snapshot", "stage-runtime", "review-ready", "stage-runtime"), client.takeNames());
    }

    @Test
    void largeStackIsSeveralBatches() {
        givenStages(250);
        rig.join();

        assertEquals(List.of(100, 100, 50), batching.sizes);
    }

    @Test
    void stageThatFailsFailsAlone() {
        givenStages(3);
        RecordingSubscriber client = rig.join();
        rig.stack().stage("s2").failsWith(ErrorCode.RECONCILE_FAILED);
        rig.stack().stage("s3").is("review");
        rig.nextPoll();

        assertEquals(List.of("s2 reconcile-failed"), errors(client));
        assertEquals(
                "review",
                Rig.view(rig.join()).runtimes().get("s3").get("stageStatus").stringValue());
    }

    @Test
    void itemThatBlamesTheWholeUpstreamFailsAloneToo() {
        givenStages(2);
        RecordingSubscriber client = rig.join();
        rig.stack().stage("s1").failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);
        rig.nextPoll();

        assertEquals(List.of("s1 reconcile-failed"), errors(client));
    }

    @Test
    void stageThatTheAnswerLacksIsAnInvalidAnswer() {
        givenStages(2);
        RecordingSubscriber client = rig.join();
        batching.lacking = Optional.of(new StageId("s2"));
        rig.nextPoll();

        assertEquals(List.of("s2 invalid-upstream-response"), errors(client));
    }

    @Test
    void callThatFailsCountsForEachOfItsStages() {
        givenStages(2);
        RecordingSubscriber client = rig.join();
        batching.failure = Optional.of(new ReconcileException(ErrorCode.RECONCILE_FAILED, "Broken."));
        rig.nextPoll();

        assertEquals(2, failing(), "Both fail.");
        assertEquals(List.of("s2 reconcile-failed"), errors(client), "Of errors at one moment the newest is sent.");
    }

    @Test
    void callThatCannotBeMadeIsAnOutageAndEndsThePoll() {
        givenStages(250);
        RecordingSubscriber client = rig.join();
        batching.failure = Optional.of(new ReconcileException(ErrorCode.UPSTREAM_UNAVAILABLE, "Away."));
        batching.sizes.clear();
        rig.nextPoll();

        assertEquals(List.of(100), batching.sizes);
        assertEquals(List.of(" upstream-unavailable"), errors(client));
    }

    /** Makes one call of many, and notes how many. */
    private static final class Batching implements Reconciler {
        private final Reconciler backend;
        private final List<Integer> sizes = new ArrayList<>();
        private Optional<StageId> lacking = Optional.empty();
        private Optional<ReconcileException> failure = Optional.empty();

        Batching(Reconciler backend) {
            this.backend = backend;
        }

        @Override
        public CompletionStage<StackDocument> readStack(StackId stack, CallContext call) {
            return backend.readStack(stack, call);
        }

        @Override
        public CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage, CallContext call) {
            throw new AssertionError("A reconciler that batches is not called for a single stage.");
        }

        @Override
        public boolean reconcilesInBatches() {
            return true;
        }

        @Override
        public CompletionStage<Map<StageId, StageAnswer>> reconcileStages(
                StackId stack, List<StageId> stages, CallContext call) {
            sizes.add(stages.size());
            if (failure.isPresent()) {
                return CompletableFuture.failedFuture(failure.get());
            }
            Map<StageId, StageAnswer> answers = new HashMap<>();
            for (StageId stage : stages) {
                backend.reconcileStage(stack, stage, call)
                        .whenComplete((runtime, problem) -> answers.put(stage, answer(runtime, problem)));
            }
            lacking.ifPresent(answers::remove);
            return CompletableFuture.completedFuture(answers);
        }

        private static StageAnswer answer(StageRuntime runtime, Throwable problem) {
            return problem == null
                    ? new StageAnswer.Reconciled(runtime)
                    : new StageAnswer.Failed((ReconcileException) problem);
        }
    }
}
