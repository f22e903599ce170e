package dev.stacked.runtime.core;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stack's state as its readers see it.
 *
 * @param snapshot the state of the stages; null until the first snapshot is published
 * @param current the failure that a new reader is sent; null if none
 * @param failing all current failures: the stack document first, then stages
 * @param observedAt time of the last successful answer; null before the first
 */
record StackView(
        StreamEvent.@Nullable Snapshot snapshot,
        StreamEvent.@Nullable Failure current,
        List<StreamEvent.Failure> failing,
        UpstreamHealth health,
        @Nullable Instant observedAt) {

    /** The view of a stack that has not been read yet. */
    static final StackView EMPTY = new StackView(null, null, List.of(), UpstreamHealth.OK, null);

    StackView {
        failing = List.copyOf(failing);
    }

    /** Whether this failure continues, possibly with another message. */
    boolean isFailing(StreamEvent.Failure failure) {
        return failing.stream().anyMatch(failure::isSameAs);
    }
}
