package dev.stacked.runtime.core;

/** The result of one stage within a batch of reconciles. */
public sealed interface StageAnswer {
    /**
     * The stage was reconciled.
     *
     * @param runtime its runtime
     */
    record Reconciled(StageRuntime runtime) implements StageAnswer {}

    /**
     * The stage failed; the others of the batch are not affected.
     *
     * @param failure why
     */
    record Failed(ReconcileException failure) implements StageAnswer {}
}
