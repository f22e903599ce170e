package dev.stacked.runtime.app.internal.watch;

import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StageAnswer;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.core.StageRuntime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Records the stack of each backend call, for the report of a blocked event loop, and reports fatal errors of the
 * calls: an HTTP client that ran out of memory keeps them to itself and never works again.
 */
public final class WatchedReconciler implements Reconciler {
    private final Reconciler backend;

    /** @param backend the reconciler to watch */
    public WatchedReconciler(Reconciler backend) {
        this.backend = backend;
    }

    @Override
    public CompletionStage<StackDocument> readStack(StackId stack, CallContext call) {
        return watched(stack, () -> backend.readStack(stack, call));
    }

    @Override
    public CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage, CallContext call) {
        return watched(stack, () -> backend.reconcileStage(stack, stage, call));
    }

    @Override
    public boolean takesTurns() {
        return backend.takesTurns();
    }

    @Override
    public boolean reconcilesInBatches() {
        return backend.reconcilesInBatches();
    }

    @Override
    public CompletionStage<Map<StageId, StageAnswer>> reconcileStages(
            StackId stack, List<StageId> stages, CallContext call) {
        return watched(stack, () -> backend.reconcileStages(stack, stages, call));
    }

    /** Returns the backend's own stage, since the caller may cancel it. */
    private static <T> CompletionStage<T> watched(StackId stack, Supplier<CompletionStage<T>> call) {
        CompletionStage<T> answer = called(stack, call);
        answer.whenComplete((value, failure) -> FatalErrors.report(failure));
        return answer;
    }

    private static <T> CompletionStage<T> called(StackId stack, Supplier<CompletionStage<T>> call) {
        if (!(Thread.currentThread() instanceof LoopThread loop)) {
            return call.get();
        }
        loop.calls(stack.value());
        try {
            return call.get();
        } finally {
            loop.calls(null);
        }
    }
}
