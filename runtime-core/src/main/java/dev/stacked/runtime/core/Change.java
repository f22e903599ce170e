package dev.stacked.runtime.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from one answer of the upstream: it becomes visible to all readers at once.
 *
 * @param events go into the log, in this order
 * @param error a failure that has just begun or changed its code; null if there is no such news
 * @param view the state after the events
 */
record Change(List<StreamEvent> events, StreamEvent.@Nullable Failure error, StackView view) {
    Change {
        events = List.copyOf(events);
    }

    /** Whether readers have anything to send because of this change. */
    boolean isVisible() {
        return !events.isEmpty() || error != null;
    }
}
