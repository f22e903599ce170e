package dev.stacked.runtime.app.watch;

/** The garbage-collected heap. */
interface Heap {
    /** The share, from 0 to 1, that was in use after the last collection; 0 before the first. */
    double occupancyAfterCollection();

    /** The time spent on collections since the JVM started. */
    long collectingNanos();

    /** Asks for a full collection. */
    void collect();
}
