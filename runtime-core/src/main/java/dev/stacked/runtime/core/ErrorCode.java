package dev.stacked.runtime.core;

import java.util.Locale;

/** What can go wrong with an upstream while a stream goes on: the {@code code} of an {@code error} event. */
public enum ErrorCode {
    /** One stage could not be brought up to date; its last runtime stays. */
    RECONCILE_FAILED,
    /** The stack document could not be had: unreachable, timed out, or the circuit breaker is open. */
    UPSTREAM_UNAVAILABLE,
    /** The upstream answered something that is not what its contract says. */
    INVALID_UPSTREAM_RESPONSE,
    /** The stack does not exist (any more). The one code after which the stream ends. */
    STACK_NOT_FOUND;

    private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The code as it stands on the wire, such as {@code reconcile-failed}. */
    public String wireName() {
        return wireName;
    }

    /** Whether the system goes on trying by itself. */
    public boolean isRetryable() {
        return this != STACK_NOT_FOUND;
    }
}
