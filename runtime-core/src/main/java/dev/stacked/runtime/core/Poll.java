package dev.stacked.runtime.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One poll of a stack: reads the document, then reconciles the stages one after the other, and passes on each answer as
 * it arrives. Confined to the stack's event loop.
 */
final class Poll {
    /** Receives the answers of a poll. Exactly one {@link #ended} comes last, unless the poll is cancelled. */
    interface Listener {
        /** The document was read; returns the stages to reconcile, in that order. */
        List<StageId> documentRead(StackDocument document);

        void documentFailed(ReconcileException failure);

        void stageReconciled(StageId stage, StageRuntime runtime);

        void stageFailed(StageId stage, ReconcileException failure);

        /** The upstream does not know the stage: it may have been removed since the document was read. */
        void stageMissing(StageId stage, ReconcileException failure);

        void ended();
    }

    private final StackId stack;
    private final Reconciler reconciler;
    private final Duration callBudget;
    private final EventLoop loop;
    private final Listener listener;
    private final Deque<StageId> waiting = new ArrayDeque<>();
    private @Nullable UpstreamCall<?> call;
    private boolean documentRead;
    private boolean over;

    Poll(StackId stack, Reconciler reconciler, Duration callBudget, EventLoop loop, Listener listener) {
        this.stack = stack;
        this.reconciler = reconciler;
        this.callBudget = callBudget;
        this.loop = loop;
        this.listener = listener;
    }

    void start() {
        UpstreamCall<StackDocument> reading =
                new UpstreamCall<>(loop, ErrorCode.UPSTREAM_UNAVAILABLE, this::documentAnswered);
        call = reading;
        reading.start(() -> reconciler.readStack(stack), callBudget);
    }

    /** Ends the poll at once: the call under way is cancelled, and the listener is not called any more. */
    void cancel() {
        over = true;
        if (call != null) {
            call.cancel();
        }
    }

    /** Whether the document was read; its stages may not have answered yet. */
    boolean isDocumentRead() {
        return documentRead;
    }

    boolean isOver() {
        return over;
    }

    private void documentAnswered(@Nullable StackDocument document, @Nullable ReconcileException failure) {
        step(() -> {
            if (document != null) {
                documentRead = true;
                waiting.addAll(listener.documentRead(document));
            } else if (failure != null) {
                listener.documentFailed(ofDocument(failure));
            }
        });
    }

    private void stageAnswered(StageId stage, @Nullable StageRuntime runtime, @Nullable ReconcileException failure) {
        step(() -> {
            if (runtime != null) {
                listener.stageReconciled(stage, runtime);
            } else if (failure != null && failure.code() == ErrorCode.UPSTREAM_UNAVAILABLE) {
                waiting.clear();
                listener.documentFailed(failure);
            } else if (failure != null && failure.code() == ErrorCode.STACK_NOT_FOUND) {
                listener.stageMissing(stage, failure);
            } else if (failure != null) {
                listener.stageFailed(stage, failure);
            }
        });
    }

    /** Reading a document never fails as a reconcile, even if a backend says so. */
    private static ReconcileException ofDocument(ReconcileException failure) {
        return failure.code() == ErrorCode.RECONCILE_FAILED
                ? failure.withCode(ErrorCode.UPSTREAM_UNAVAILABLE)
                : failure;
    }

    /** A fault in the handling of one answer does not end the poll. */
    private void step(Runnable takeAnswer) {
        try {
            takeAnswer.run();
        } finally {
            if (!over) {
                next();
            }
        }
    }

    private void next() {
        StageId stage = waiting.poll();
        if (stage == null) {
            over = true;
            listener.ended();
            return;
        }
        UpstreamCall<StageRuntime> reconciling = new UpstreamCall<>(
                loop, ErrorCode.RECONCILE_FAILED, (runtime, failure) -> stageAnswered(stage, runtime, failure));
        call = reconciling;
        reconciling.start(() -> reconciler.reconcileStage(stack, stage), callBudget);
    }
}
