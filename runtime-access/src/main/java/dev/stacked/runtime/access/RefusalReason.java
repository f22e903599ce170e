package dev.stacked.runtime.access;

import java.util.Locale;

/** Why a well-formed request was refused; {@link Refusals} counts by it. */
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
    /** The authorizer does not know the client. */
    UNAUTHENTICATED,
    /** The authorizer does not allow the request. */
    FORBIDDEN,
    /** The request comes from a page of a foreign origin. */
    FOREIGN_ORIGIN,
    /** The request names a host that is not allowed. */
    FOREIGN_HOST,
    /** One client address has sent too many invalid credentials. */
    FAILURES_PER_ADDRESS,
    /** The authorizer failed, or did not answer in time. */
    AUTHORIZER_UNAVAILABLE;

    private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The reason in metrics and in the log, such as {@code foreign-origin}. */
    public String wireName() {
        return wireName;
    }
}
