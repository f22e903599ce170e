package dev.stacked.runtime.demo;

import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.Stage;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.reconcile.http.HttpReconciler;
import dev.stacked.runtime.testkit.ReconcilerContract;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.node.ObjectNode;

/** The contract against the demo's HTTP server, with stacks that do not advance. */
final class DemoReconcilerContractIT extends ReconcilerContract {
    private final ArrangedStacks stacks = new ArrangedStacks();
    private final DemoUpstream upstream = DemoUpstream.start(stacks);
    private final HttpReconciler reconciler =
            HttpReconciler.builder(upstream.base()).build();

    @AfterEach
    void stop() {
        upstream.close();
        reconciler.close();
    }

    @Override
    protected Reconciler reconciler() {
        return reconciler;
    }

    @Override
    protected void givenStack(StackId stack, List<Stage> stages) {
        stacks.put(stack.value(), stages);
    }

    @Override
    protected void givenRuntime(StackId stack, StageId stage, ObjectNode runtime) {
        stacks.answer(stack.value(), stage.value(), Answer.data(runtime));
    }

    @Override
    protected void givenFailure(StackId stack, StageId stage) {
        stacks.answer(stack.value(), stage.value(), Answer.invalidInput("spawn opencode ENOENT"));
    }

    @Override
    protected void givenSilence() {
        Assumptions.abort("The demo always answers.");
    }
}
