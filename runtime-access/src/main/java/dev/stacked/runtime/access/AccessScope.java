package dev.stacked.runtime.access;

/** An action on a stack that needs a permission. */
public enum AccessScope {
    /** Read its runtime, as a stream or once. */
    READ,
    /** Poll it at once. */
    REFRESH
}
