package dev.stacked.runtime.testkit;

import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StageId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call that a {@link ScriptedReconciler} received. Thread-safe. */
public final class ScriptedCall {
    /** States of a call. */
    private enum State {
        UNDER_WAY,
        ANSWERED,
        CANCELLED
    }

    private final Monitor monitor;
    private final StackId stack;
    private final @Nullable StageId stage;
    private final Reply<?> reply;
    private State state = State.UNDER_WAY;

    /** Effect of cancelling a call. */
    enum Patience {
        /** The call ends. */
        HEEDS_CANCELLATION,
        /** The call goes on, and its answer arrives late. */
        IGNORES_CANCELLATION
    }

    /** @param truth supplies the answer; throws the failure of the call */
    ScriptedCall(Monitor monitor, StackId stack, @Nullable StageId stage, Supplier<?> truth, Patience patience) {
        this.monitor = monitor;
        this.stack = stack;
        this.stage = stage;
        this.reply = new Reply<>(truth, patience);
    }

    /** The requested stack. */
    public StackId stack() {
        return stack;
    }

    /** The stage to reconcile; empty for a read of the stack document. */
    public Optional<StageId> stage() {
        return Optional.ofNullable(stage);
    }

    /** Whether the caller still waits for the answer. */
    public boolean isUnderWay() {
        return monitor.read(() -> state == State.UNDER_WAY);
    }

    /** Whether the caller cancelled the call before it was answered. */
    public boolean isCancelled() {
        return monitor.read(() -> state == State.CANCELLED);
    }

    /** Waits until the caller cancels; returns false after {@code timeout}. */
    public boolean awaitCancelled(Duration timeout) {
        return monitor.await(timeout, () -> state == State.CANCELLED);
    }

    /** Completes a held call by the script's current state: with an answer or a failure. */
    public void answer() {
        end(State.ANSWERED);
        reply.answer();
    }

    /** Fails a held call. */
    public void fail(ReconcileException failure) {
        end(State.ANSWERED);
        reply.completeExceptionally(failure);
    }

    private void end(State how) {
        monitor.update(() -> {
            if (state == State.UNDER_WAY) {
                state = how;
            }
        });
    }

    CompletableFuture<?> reply() {
        return reply;
    }

    /** The call as written in code: {@code readStack(checkout)}, {@code reconcileStage(checkout, s1)}. */
    @Override
    public String toString() {
        return stage == null ? "readStack(" + stack + ")" : "reconcileStage(" + stack + ", " + stage + ")";
    }

    private final class Reply<T> extends CompletableFuture<T> {
        private final Supplier<T> truth;
        private final Patience patience;

        Reply(Supplier<T> truth, Patience patience) {
            this.truth = truth;
            this.patience = patience;
        }

        void answer() {
            T answer;
            try {
                answer = monitor.read(truth);
            } catch (ReconcileException e) {
                completeExceptionally(e);
                return;
            }
            complete(answer);
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            end(State.CANCELLED);
            return patience == Patience.HEEDS_CANCELLATION && super.cancel(mayInterruptIfRunning);
        }
    }
}
