package dev.stacked.runtime.reconcile.http;

/** What the upstream is asked for. */
enum Route {
    /** The stack document. */
    STACK,
    /** The reconcile of one stage. */
    RECONCILE,
    /** The reconcile of several stages of a stack. */
    BATCH
}
