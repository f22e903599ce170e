package dev.stacked.runtime.core;

/**
 * The sequence that the changes of all stacks of one event loop share. A thread that reads several stacks takes {@link
 * #head} first and then drains its readers: it has then seen every change up to that number. Written by the event loop,
 * read by any thread.
 */
final class Journal {
    private volatile long head;

    /** The number of the newest change that is visible in its stack's log; 0 before the first. */
    long head() {
        return head;
    }

    /** The number of the next change. */
    long next() {
        return head + 1;
    }

    /** Adds the change with this number to the sequence. Called when it is visible in its stack's log. */
    void published(long number) {
        head = number;
    }
}
