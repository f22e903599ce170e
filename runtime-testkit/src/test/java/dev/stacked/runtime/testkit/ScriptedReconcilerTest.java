package dev.stacked.runtime.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.Stage;
import dev.stacked.runtime.core.StageId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The in-memory upstream fulfils the contract of reconcilers, and follows its script. */
final class ScriptedReconcilerTest extends ReconcilerContract {
    private static final CallContext CALL = CallContext.begin("poll", Duration.ofSeconds(5), () -> 0);

    private final ScriptedReconciler upstream = new ScriptedReconciler();
    private final List<StackId> given = new ArrayList<>();

    @Override
    protected Reconciler reconciler() {
        return upstream;
    }

    @Override
    protected void givenStack(StackId id, List<Stage> stages) {
        given.add(id);
        ScriptedStack stack = upstream.stack(id.value());
        for (Stage stage : stages) {
            ObjectNode stored = stage.stored().toJson();
            stack.stage(stage.id().value())
                    .titled(stage.title())
                    .is(stage.status().value())
                    .stores(stored.path("approvedCommitSha").asString(null), stored.get("pullRequest"));
        }
    }

    @Override
    protected void givenRuntime(StackId stack, StageId stage, ObjectNode runtime) {
        ScriptedStage scripted = upstream.stack(stack.value()).stage(stage.value());
        runtime.properties().forEach(field -> scripted.with(field.getKey(), field.getValue()));
    }

    @Override
    protected void givenFailure(StackId stack, StageId stage) {
        upstream.stack(stack.value()).stage(stage.value()).failsWith(ErrorCode.RECONCILE_FAILED);
    }

    @Override
    protected void givenSilence() {
        for (StackId id : given) {
            ScriptedStack stack = upstream.stack(id.value()).hold();
            stack.document()
                    .stages()
                    .forEach(stage -> stack.stage(stage.id().value()).hold());
        }
    }

    @Test
    void heldCallIsAnsweredWithWhatIsTrueWhenItIsReleased() {
        upstream.stack("a").stage("s1").hold().todos(1, 3);
        var call = upstream.reconcileStage(new StackId("a"), new StageId("s1"), CALL)
                .toCompletableFuture();
        assertFalse(call.isDone());
        assertEquals(1, upstream.held().size());

        upstream.stack("a").stage("s1").todos(2, 3).release();

        assertEquals(upstream.stack("a").stage("s1").runtime(), call.join());
        assertEquals(List.of(), upstream.held());
    }

    @Test
    void releasingOneStageLeavesOtherCallsHeld() {
        upstream.stack("a").hold().stage("s1").hold();
        upstream.stack("b").hold();
        CompletableFuture<StackDocument> a =
                upstream.readStack(new StackId("a"), CALL).toCompletableFuture();
        CompletableFuture<StackDocument> b =
                upstream.readStack(new StackId("b"), CALL).toCompletableFuture();

        upstream.stack("a").release();

        assertTrue(a.isDone());
        assertFalse(b.isDone());
    }

    @Test
    void cancelledCallCountsAsOver() {
        upstream.stack("a").hold();
        upstream.readStack(new StackId("a"), CALL).toCompletableFuture().cancel(true);
        upstream.readStack(new StackId("a"), CALL);

        assertEquals(1, upstream.mostUnderWay("a"));
        assertTrue(upstream.calls().get(0).isCancelled());
        upstream.forgetCalls();
        assertEquals(1, upstream.callCount());
    }
}
