package dev.stacked.runtime.core;

/** An event in a log. Written by the log's event loop, read by any thread. */
final class LogEntry {
    private static final long NEVER = Long.MAX_VALUE;

    private final long number;
    private final EncodedEvent event;
    private final boolean reviewReady;
    private volatile long supersededBy = NEVER;

    LogEntry(long number, EncodedEvent event, boolean reviewReady) {
        this.number = number;
        this.event = event;
        this.reviewReady = reviewReady;
    }

    long number() {
        return number;
    }

    EncodedEvent event() {
        return event;
    }

    boolean isReviewReady() {
        return reviewReady;
    }

    /** Whether an event up to {@code head} makes this one redundant for a reader that has received neither. */
    boolean isSupersededAt(long head) {
        return supersededBy <= head;
    }

    /** Marks this entry as redundant and drops its framed bytes: only a client that resumes may still need them. */
    void supersede(long by) {
        supersededBy = by;
        event.dropFrames();
    }
}
