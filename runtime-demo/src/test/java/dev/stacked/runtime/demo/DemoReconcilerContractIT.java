package dev.stacked.runtime.demo;

import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.Stage;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.reconcile.http.HttpReconciler;
import dev.stacked.runtime.reconcile.http.HttpReconcilerSettings;
import dev.stacked.runtime.testkit.ReconcilerContract;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.node.ObjectNode;

/** The contract against the demo's HTTP server, with stacks that do not advance. */
final class DemoReconcilerContractIT extends ReconcilerContract {
    private final ArrangedStacks stacks = new ArrangedStacks();
    private final DemoUpstream upstream = DemoUpstream.start(stacks);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final Reconciler reconciler = HttpReconciler.builder(HttpReconcilerSettings.of(upstream.base()))
            .client(HttpReconciler.clientBuilder().executor(threads).build())
            .scheduler(timers)
            .clock(Clock.systemUTC())
            .nanoTime(System::nanoTime)
            .random(new Random(42))
            .build();

    @AfterEach
    void stop() {
        upstream.close();
        timers.shutdownNow();
        threads.shutdownNow();
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
