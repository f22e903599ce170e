package dev.stacked.runtime.core;

/** The turn of a call that waits for the limit on calls per second. Thread-safe. */
@FunctionalInterface
public interface CallTurn {
    /** A turn that has come. */
    CallTurn TAKEN = () -> {};

    /** The call is not wanted any more: those behind it move up. Has no effect once the turn has come. */
    void giveUp();
}
