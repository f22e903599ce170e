package dev.stacked.runtime.core;

import java.time.Duration;

/**
 * Which polls of a stack read its document. The others reconcile the stages of the last one. Confined to the stack's
 * event loop.
 */
final class DocumentSchedule {
    /** A longer {@code max-age} counts as this, so that an upstream cannot hide new stages for long. */
    static final Duration MAX_AGE = Duration.ofSeconds(30);

    private final Duration minimum;
    private Duration interval;
    private boolean wanted = true;
    private long readAt;

    /** @param minimum time between two reads; zero means that every poll reads the document */
    DocumentSchedule(Duration minimum) {
        this.minimum = minimum;
        this.interval = minimum;
    }

    /** The next poll reads the document, whenever it is. */
    void want() {
        wanted = true;
    }

    /**
     * A poll begins; returns whether it reads the document.
     *
     * @param now ticker time of the poll's start
     */
    boolean pollBegins(long now) {
        boolean reads = wanted || now - readAt >= interval.toNanos();
        if (reads) {
            wanted = false;
            readAt = now;
        }
        return reads;
    }

    /** Ticker time of the last poll that read the document. */
    long readAt() {
        return readAt;
    }

    /** Ticker time from which a poll reads the document. */
    long dueAt() {
        return wanted ? readAt : readAt + interval.toNanos();
    }

    /** The document was read; the upstream says for how long it is valid. */
    void read(Duration maxAge) {
        interval = Durations.longer(minimum, Durations.shorter(maxAge, MAX_AGE));
    }

    /** The time between two reads. */
    Duration interval() {
        return interval;
    }
}
