package dev.stacked.runtime.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One poll of a stack: reads the document, if it is due, then reconciles the stages one after the other or in batches,
 * and passes on each answer as it arrives. Confined to the stack's event loop.
 */
final class Poll {
    /** Keeps the answer of a batch far below the size that is read. */
    static final int MAX_BATCH = 100;

    /** Lets calls wait for their turn. */
    @FunctionalInterface
    interface Turns {
        /** Makes the call, on the loop, when its turn has come; at once if it has. */
        CallTurn await(EventLoop loop, Runnable call);
    }

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
    private final Turns turns;
    private final Supplier<CallContext> contexts;
    private final EventLoop loop;
    private final Listener listener;
    private final Deque<StageId> waiting = new ArrayDeque<>();
    private @Nullable UpstreamCall<?> call;
    private boolean documentRead;
    private boolean over;

    /** @param contexts a new one for each call, which begins then */
    Poll(
            StackId stack,
            Reconciler reconciler,
            Turns turns,
            Supplier<CallContext> contexts,
            EventLoop loop,
            Listener listener) {
        this.stack = stack;
        this.reconciler = reconciler;
        this.turns = turns;
        this.contexts = contexts;
        this.loop = loop;
        this.listener = listener;
    }

    /** Reads the document, and then reconciles the stages that the listener returns. */
    void start() {
        UpstreamCall<StackDocument> reading =
                new UpstreamCall<>(loop, turns, ErrorCode.UPSTREAM_UNAVAILABLE, this::documentAnswered);
        call = reading;
        reading.start(contexts, context -> reconciler.readStack(stack, context));
    }

    /** Reconciles these stages without reading the document. */
    void start(List<StageId> stages) {
        documentRead = true;
        waiting.addAll(stages);
        next();
    }

    /** Ends the poll at once: the call under way is cancelled, and the listener is not called any more. */
    void cancel() {
        over = true;
        if (call != null) {
            call.cancel();
        }
    }

    /** Whether the document was read, or is not read by this poll; the stages may not have answered yet. */
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
        if (waiting.isEmpty()) {
            over = true;
            listener.ended();
        } else if (reconciler.reconcilesInBatches()) {
            reconcile(nextBatch());
        } else {
            reconcile(waiting.remove());
        }
    }

    private void reconcile(StageId stage) {
        UpstreamCall<StageRuntime> reconciling = new UpstreamCall<>(
                loop,
                turns,
                ErrorCode.RECONCILE_FAILED,
                (runtime, failure) -> step(() -> {
                    if (runtime != null) {
                        listener.stageReconciled(stage, runtime);
                    } else if (failure != null) {
                        callFailed(List.of(stage), failure);
                    }
                }));
        call = reconciling;
        reconciling.start(contexts, context -> reconciler.reconcileStage(stack, stage, context));
    }

    private List<StageId> nextBatch() {
        List<StageId> batch = new ArrayList<>();
        while (!waiting.isEmpty() && batch.size() < MAX_BATCH) {
            batch.add(waiting.remove());
        }
        return batch;
    }

    private void reconcile(List<StageId> batch) {
        UpstreamCall<Map<StageId, StageAnswer>> reconciling = new UpstreamCall<>(
                loop,
                turns,
                ErrorCode.RECONCILE_FAILED,
                (answers, failure) -> step(() -> {
                    if (answers != null) {
                        batch.forEach(stage -> answered(stage, answers.get(stage)));
                    } else if (failure != null) {
                        callFailed(batch, failure);
                    }
                }));
        call = reconciling;
        reconciling.start(contexts, context -> reconciler.reconcileStages(stack, batch, context));
    }

    private void answered(StageId stage, @Nullable StageAnswer answer) {
        if (answer instanceof StageAnswer.Reconciled reconciled) {
            listener.stageReconciled(stage, reconciled.runtime());
        } else if (answer instanceof StageAnswer.Failed failed) {
            stageFailed(stage, failed.failure());
        } else {
            listener.stageFailed(
                    stage,
                    new ReconcileException(
                            ErrorCode.INVALID_UPSTREAM_RESPONSE, "The upstream's answer does not have the stage."));
        }
    }

    /** A whole call failed. If the upstream is not available, the remaining stages are not reconciled. */
    private void callFailed(List<StageId> stages, ReconcileException failure) {
        if (failure.code() == ErrorCode.UPSTREAM_UNAVAILABLE) {
            waiting.clear();
            listener.documentFailed(failure);
        } else {
            stages.forEach(stage -> stageFailed(stage, failure));
        }
    }

    private void stageFailed(StageId stage, ReconcileException failure) {
        switch (failure.code()) {
            case STACK_NOT_FOUND -> listener.stageMissing(stage, failure);
            case UPSTREAM_UNAVAILABLE -> listener.stageFailed(stage, failure.withCode(ErrorCode.RECONCILE_FAILED));
            default -> listener.stageFailed(stage, failure);
        }
    }
}
