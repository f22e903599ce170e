package dev.stacked.runtime.examples.reconciler;

import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.Stage;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.core.StageRuntime;
import dev.stacked.runtime.core.StageStatus;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An in-memory backend: one stack with one stage, which completes one todo per reconcile. */
public final class CounterReconciler implements Reconciler {
    private static final StackId STACK = new StackId("counter");
    private static final StageId STAGE = new StageId("count");

    private final AtomicInteger done = new AtomicInteger();

    @Override
    public CompletionStage<StackDocument> readStack(StackId stack, CallContext call) {
        if (!stack.equals(STACK)) {
            return CompletableFuture.failedFuture(
                    new ReconcileException(ErrorCode.STACK_NOT_FOUND, "There is only '" + STACK + "'."));
        }
        StageRuntime stored = StageRuntime.stored(StageStatus.IN_PROGRESS, null, null);
        return CompletableFuture.completedFuture(new StackDocument(List.of(new Stage(STAGE, "Count up", stored))));
    }

    @Override
    public CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage, CallContext call) {
        ObjectNode runtime = JsonMapper.shared()
                .createObjectNode()
                .put("stageStatus", "in-progress")
                .put("runtimeState", "busy")
                .put("todoCompleted", done.incrementAndGet())
                .put("todoTotal", 1_000_000);
        return CompletableFuture.completedFuture(StageRuntime.of(runtime));
    }
}
