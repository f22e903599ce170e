package dev.stacked.runtime.app.internal.watch;

/** The garbage-collected heap. */
interface Heap {
    /** Fraction of the heap in use after the last collection, from 0 to 1; 0 before the first. */
    double occupancyAfterCollection();

    /** Time spent on collections since the JVM started. */
    long collectingNanos();

    /** Requests a full collection. */
    void collect();
}
