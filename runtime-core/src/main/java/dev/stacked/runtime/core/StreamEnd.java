package dev.stacked.runtime.core;

/** Why a stream ended. */
public enum StreamEnd {
    /** The server is shutting down; clients may reconnect elsewhere. */
    DRAINING,
    /** The stack does not exist (any more). */
    STACK_GONE,
    /** The client lost the right to read the stack. */
    NOT_ALLOWED,
    /** An internal error, which has been logged. */
    INTERNAL
}
