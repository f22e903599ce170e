package dev.stacked.runtime.core;

import java.util.concurrent.CompletionStage;
import org.slf4j.MDC;

/**
 * A backend that is called for one poll: during each call the diagnostic context contains the stack and the poll, so
 * that its log lines and requests can be found by them.
 */
final class MdcReconciler implements Reconciler {
    /** The names in the diagnostic context, which {@link Reconciler} promises. */
    static final String STACK = "stack";

    static final String POLL = "poll";

    private final Reconciler backend;
    private final StackId stack;
    private final String poll;

    /** @param poll identifies the poll among all polls of all stacks */
    MdcReconciler(Reconciler backend, StackId stack, String poll) {
        this.backend = backend;
        this.stack = stack;
        this.poll = poll;
    }

    @Override
    public CompletionStage<StackDocument> readStack(StackId asked) {
        enter();
        try {
            return backend.readStack(asked);
        } finally {
            leave();
        }
    }

    @Override
    public CompletionStage<StageRuntime> reconcileStage(StackId asked, StageId stage) {
        enter();
        try {
            return backend.reconcileStage(asked, stage);
        } finally {
            leave();
        }
    }

    private void enter() {
        MDC.put(STACK, stack.value());
        MDC.put(POLL, poll);
    }

    private static void leave() {
        MDC.remove(STACK);
        MDC.remove(POLL);
    }
}
