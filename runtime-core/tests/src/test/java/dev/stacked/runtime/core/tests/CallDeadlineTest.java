package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.core.StageRuntime;
import dev.stacked.runtime.testkit.RecordingSubscriber;
import dev.stacked.runtime.testkit.ScriptedReconciler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A reconciler that makes calls wait for their turn, behind a decorator that knows nothing of it. */
final class CallDeadlineTest {
    private static final Duration BUDGET = Rig.SETTINGS.callBudget();
    private static final String PENDING = "The upstream has not answered within 2000 ms.";

    private final ScriptedReconciler backend = new ScriptedReconciler();
    private final Queueing queueing = new Queueing(backend);
    private final Rig rig = new Rig(Rig.SETTINGS, backend, new Decorator(queueing));

    @Test
    void waitingForATurnIsNoFailure() {
        rig.stage().is("review");
        RecordingSubscriber client = rig.join();
        rig.time.advance(BUDGET.multipliedBy(3));

        queueing.turnComes();
        rig.time.runReady();
        queueing.turnComes();
        rig.time.runReady();

        assertEquals(
                "review",
                Rig.view(client).runtimes().get("s1").get("stageStatus").stringValue());
        assertEquals(2, backend.callCount());
    }

    @Test
    void timeCountsAgainOnceTheTurnHasCome() {
        rig.stack().hold();
        rig.join();
        rig.time.advance(BUDGET.multipliedBy(3));
        queueing.turnComes();
        rig.time.advance(BUDGET.minusMillis(1));
        assertEquals(PENDING, failure());

        rig.time.advance(Duration.ofMillis(1));

        assertEquals("The upstream did not answer within " + BUDGET.toMillis() + " ms.", failure());
    }

    @Test
    void turnThatNeverComesEndsTheCallAfterAMinute() {
        rig.join();
        rig.time.advance(Duration.ofMinutes(1).minusMillis(1));
        assertEquals(PENDING, failure());

        rig.time.advance(Duration.ofMillis(1));

        assertEquals("The call waited too long for other calls to the upstream.", failure());
    }

    /** The message of the one failure that operators see. */
    private String failure() {
        return rig.status().failing().get(0).failure().message();
    }

    /** Holds every call until its turn comes. */
    private static final class Queueing implements Reconciler {
        private final Reconciler backend;
        private final Queue<Runnable> waiting = new ArrayDeque<>();

        Queueing(Reconciler backend) {
            this.backend = backend;
        }

        @Override
        public CompletionStage<StackDocument> readStack(StackId stack, CallContext call) {
            return queued(call, () -> backend.readStack(stack, call));
        }

        @Override
        public CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage, CallContext call) {
            return queued(call, () -> backend.reconcileStage(stack, stage, call));
        }

        private <T> CompletionStage<T> queued(CallContext call, Supplier<CompletionStage<T>> task) {
            CompletableFuture<T> result = new CompletableFuture<>();
            call.suspendDeadline();
            waiting.add(() -> {
                call.resumeDeadline();
                task.get().whenComplete((value, failure) -> result.complete(value));
            });
            return result;
        }

        void turnComes() {
            waiting.remove().run();
        }
    }

    private record Decorator(Reconciler backend) implements Reconciler {
        @Override
        public CompletionStage<StackDocument> readStack(StackId stack, CallContext call) {
            return backend.readStack(stack, call);
        }

        @Override
        public CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage, CallContext call) {
            return backend.reconcileStage(stack, stage, call);
        }
    }
}
