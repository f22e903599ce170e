package dev.stacked.runtime.core;

import java.util.concurrent.CompletionStage;
import org.slf4j.MDC;

/**
 * The backend as one poll asks it: while it is called, the diagnostic context says for which stack and in which poll,
 * so that whatever it logs or sends can be found by that.
 */
final class NamedPoll implements Reconciler {
    /** The names in the diagnostic context, which {@link Reconciler} promises. */
    static final String STACK = "stack";

    static final String POLL = "poll";

    private final Reconciler backend;
    private final StackId stack;
    private final String poll;

    /** @param poll tells this poll from all others, of this stack and of others */
    NamedPoll(Reconciler backend, StackId stack, String poll) {
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
