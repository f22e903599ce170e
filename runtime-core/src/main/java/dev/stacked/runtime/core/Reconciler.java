package dev.stacked.runtime.core;

import java.util.concurrent.CompletionStage;

/**
 * The backend that knows the truth about stacks: the port to implement for another upstream than HTTP.
 *
 * <p>Both methods are called on a stack's event loop, which serves other stacks too: they must return at once and
 * answer later, from any thread. Within a stack calls never overlap; different stacks are asked at the same time. A
 * call that has not answered within the call budget, or whose answer nobody waits for any more, is cancelled if what it
 * returned is a {@link java.util.concurrent.Future}, as every {@link java.util.concurrent.CompletableFuture} is.
 *
 * <p>A stage that fails with {@link ErrorCode#UPSTREAM_UNAVAILABLE} ends the poll: the remaining stages are not asked, and
 * it counts as a failure of the document. A stage that fails with {@link ErrorCode#STACK_NOT_FOUND} is not known to the
 * upstream: the next document decides whether it was removed, and only if it was not does it count as failed.
 *
 * <p>While a method is called, SLF4J's diagnostic context says for which {@code stack} and in which {@code poll}, on the
 * calling thread only: whoever logs or calls from another thread takes it along.
 *
 * <p>A failure is a stage that completes with a {@link ReconcileException}, which says what clients are told; any
 * other exception counts as {@link ErrorCode#UPSTREAM_UNAVAILABLE} for the document and as {@link
 * ErrorCode#RECONCILE_FAILED} for a stage. No failure ends the polling.
 */
public interface Reconciler {
    /** Reads the stack document. Fails with {@link ErrorCode#STACK_NOT_FOUND} only if the stack surely is not there. */
    CompletionStage<StackDocument> readStack(StackId stack);

    /** Brings one stage up to date and answers its runtime. Idempotent, as a call may be repeated. */
    CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage);
}
