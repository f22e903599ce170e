package dev.stacked.runtime.transport.undertow;

/** Why a request was refused although it is well-formed: what {@link Refusals} counts by. */
public enum RefusalReason {
    /** The server is shutting down. */
    DRAINING,
    /** The limit of streams in all is reached. */
    STREAMS,
    /** The limit of different stacks that are streamed at once is reached. */
    STACKS,
    /** The limit of streams of one stack is reached. */
    STREAMS_PER_STACK,
    /** The limit of streams of one principal is reached. */
    STREAMS_PER_PRINCIPAL,
    /** The limit of streams of one client address is reached. */
    STREAMS_PER_ADDRESS,
    /** Too many bytes wait for clients. */
    WAITING_BYTES,
    /** One client address opens streams too fast. */
    RATE_PER_ADDRESS,
    /** The authorizer does not know who asks. */
    UNAUTHENTICATED,
    /** The authorizer knows who asks, and he may not. */
    FORBIDDEN,
    /** A page of a foreign origin asks. */
    FOREIGN_ORIGIN,
    /** The request names a host that is not allowed. */
    FOREIGN_HOST,
    /** One client address has sent too many invalid credentials. */
    FAILURES_PER_ADDRESS,
    /** The authorizer failed, or gave no answer in time. */
    AUTHORIZER_UNAVAILABLE
}
