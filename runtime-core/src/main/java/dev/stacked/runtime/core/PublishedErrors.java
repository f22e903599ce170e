package dev.stacked.runtime.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The errors that were published and may still last, the newest first. Confined to the stack's event loop. */
final class PublishedErrors {
    /** @param version rises with every error */
    record Entry(StreamEvent.Failure failure, EncodedEvent event, long version) {}

    private final Deque<Entry> newestFirst = new ArrayDeque<>();
    private long version;

    /** Adds the newest error; it replaces an older one of the same cause. */
    void add(StreamEvent.Failure failure, EncodedEvent event) {
        newestFirst.removeIf(older -> older.failure().isSameAs(failure));
        newestFirst.addFirst(new Entry(failure, event, ++version));
    }

    /**
     * The newest error whose cause lasts; null if none. Errors of stages that have recovered are forgotten; one of
     * the document is kept, as a document may fail and recover several times within one poll.
     */
    @Nullable
    Entry newestLasting(StackView view) {
        Entry newest = null;
        for (Iterator<Entry> entries = newestFirst.iterator(); entries.hasNext(); ) {
            Entry entry = entries.next();
            if (view.isFailing(entry.failure())) {
                newest = newest == null ? entry : newest;
            } else if (entry.failure().stage() != null) {
                entries.remove();
            }
        }
        return newest;
    }
}
