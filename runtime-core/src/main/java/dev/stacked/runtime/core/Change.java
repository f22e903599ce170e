package dev.stacked.runtime.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The consequences of one answer of the upstream, which become visible to readers together.
 *
 * @param events for the log, in this order
 * @param error a failure that has just begun or changed its code; null if none
 * @param view the state after the events
 */
record Change(List<StreamEvent> events, StreamEvent.@Nullable Failure error, StackView view) {
    /** An answer without consequences: the state is as before. */
    static final Change NONE = new Change(List.of(), null, StackView.EMPTY);

    Change {
        events = List.copyOf(events);
    }

    /** Whether the change has an event or an error for readers. */
    boolean isVisible() {
        return !events.isEmpty() || error != null;
    }
}
