package dev.stacked.runtime.transport.undertow;

/** What somebody wants to do with a stack. */
public enum AccessScope {
    /** Read its runtime, as a stream or once. */
    READ,
    /** Have it polled at once. */
    REFRESH
}
