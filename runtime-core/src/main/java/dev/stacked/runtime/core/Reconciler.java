package dev.stacked.runtime.core;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The backend with the authoritative state of stacks: the port to implement for an upstream other than HTTP.
 *
 * <p>All methods that return a stage are called on a stack's event loop, which serves other stacks too: they must return at once and
 * answer later, from any thread. Within a stack calls never overlap; calls for different stacks run at the same time. A
 * call that exceeds its deadline, or whose answer is not needed any more, is cancelled if its result is a {@link
 * java.util.concurrent.Future}, as every {@link java.util.concurrent.CompletableFuture} is.
 *
 * <p>A stage that fails with {@link ErrorCode#UPSTREAM_UNAVAILABLE} ends the poll: the remaining stages are not
 * reconciled, and it counts as a failure of the document. A stage that fails with {@link ErrorCode#STACK_NOT_FOUND} is
 * not known to the upstream: the next document decides whether it was removed, and only if it was not does it count as
 * failed.
 *
 * <p>A decorator passes the {@link CallContext} on unchanged.
 *
 * <p>Fail with a {@link ReconcileException}, whose code and message clients receive; any other exception counts as
 * {@link ErrorCode#UPSTREAM_UNAVAILABLE} for the document and as {@link ErrorCode#RECONCILE_FAILED} for a stage. No
 * failure ends the polling.
 */
public interface Reconciler {
    /**
     * Reads the stack document. Fails with {@link ErrorCode#STACK_NOT_FOUND} only if the stack certainly does not
     * exist.
     */
    CompletionStage<StackDocument> readStack(StackId stack, CallContext call);

    /** Reconciles one stage and returns its runtime. Must be idempotent, as a call may be repeated. */
    CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage, CallContext call);

    /**
     * Whether this reconciler awaits the turn of each attempt itself, by {@link CallContext#awaitTurn}, since it repeats
     * attempts or makes them wait. Otherwise each call has had its turn before it reaches this reconciler.
     */
    default boolean takesTurns() {
        return false;
    }

    /** Whether stages are reconciled by {@link #reconcileStages}, many with one call, instead of one by one. */
    default boolean reconcilesInBatches() {
        return false;
    }

    /**
     * Reconciles several stages of a stack with one call. Must be idempotent, as a call may be repeated. A failure of
     * the whole call counts for each of the stages. Called only if {@link #reconcilesInBatches} is true.
     *
     * @param stages at most 100, each once
     * @return an answer for each of the stages; one that is missing counts as {@link ErrorCode#INVALID_UPSTREAM_RESPONSE}
     */
    default CompletionStage<Map<StageId, StageAnswer>> reconcileStages(
            StackId stack, List<StageId> stages, CallContext call) {
        throw new UnsupportedOperationException("This reconciler does not reconcile in batches.");
    }
}
