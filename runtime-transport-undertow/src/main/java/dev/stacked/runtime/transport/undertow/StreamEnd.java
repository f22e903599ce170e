package dev.stacked.runtime.transport.undertow;

/** Why the server ends a stream. */
public enum StreamEnd {
    /** The server is shutting down; the client may come back elsewhere. */
    DRAINING,
    /** The stack does not exist any more. */
    STACK_GONE,
    /** The client may not read it any more. */
    NOT_ALLOWED,
    /** A fault of the server. */
    INTERNAL
}
