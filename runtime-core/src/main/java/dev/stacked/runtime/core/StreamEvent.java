package dev.stacked.runtime.core;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event of a stack as a value. A subscriber in Java gets it by {@link EncodedEvent#decode()}. New kinds may be added in
 * a minor version, so a {@code switch} over them needs a {@code default}. Immutable.
 */
public sealed interface StreamEvent {
    /**
     * The full state: the first event of a fresh subscription, and sent to all when the list of stages changes.
     *
     * @param runtime the state
     * @param observedAt when the upstream last confirmed it
     */
    record Snapshot(StackRuntime runtime, Instant observedAt) implements StreamEvent {}

    /**
     * One stage changed; {@code runtime} replaces what the subscriber had.
     *
     * @param stage which one
     * @param runtime its new runtime
     * @param observedAt when the upstream answered it
     */
    record StageChanged(StageId stage, StageRuntime runtime, Instant observedAt) implements StreamEvent {}

    /**
     * A stage went from {@code in-progress} to {@code review}. Follows the event that shows the stage in review.
     *
     * @param stage which one
     * @param title the stage's title for people
     * @param observedAt when the upstream answered it
     */
    record ReviewReady(StageId stage, String title, Instant observedAt) implements StreamEvent {}

    /**
     * A sign of life.
     *
     * @param now when it was made
     * @param upstream how the last poll went
     * @param observedAt when the upstream last answered; null if it has not yet
     * @param nextPollAt when the stack is polled again; null while the upstream is well
     */
    record Heartbeat(
            Instant now,
            UpstreamHealth upstream,
            @Nullable Instant observedAt,
            @Nullable Instant nextPollAt) implements StreamEvent {}

    /**
     * Something is wrong, and the stream goes on.
     *
     * @param code what kind of failure
     * @param message one sentence for people
     * @param stage the stage that failed; null if it is the whole stack
     */
    record Failure(ErrorCode code, String message, @Nullable StageId stage) implements StreamEvent {
        /** Whether the other failure has the same cause, whatever its message says. */
        boolean isSameAs(Failure other) {
            return code == other.code && Objects.equals(stage, other.stage);
        }
    }
}
