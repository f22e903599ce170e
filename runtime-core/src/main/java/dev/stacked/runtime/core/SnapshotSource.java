package dev.stacked.runtime.core;

/** Gives the state of a stack as it is now, for subscribers that must be told all of it. */
@FunctionalInterface
interface SnapshotSource {
    /**
     * The present state as an event. Asked only once the history has begun, which it does with a snapshot.
     *
     * @param number the number that the event carries: where in the history its reader goes on
     */
    EncodedEvent snapshotAt(long number);
}
