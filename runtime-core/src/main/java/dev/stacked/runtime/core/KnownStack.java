package dev.stacked.runtime.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a stack. Fed with the answers of the upstream, it says which events follow from them. Confined to
 * the stack's event loop.
 *
 * <p>Until {@link #publish} nothing but failures follows, so that the first snapshot shows the whole first poll.
 */
final class KnownStack {
    private final StackId id;
    private final ReviewTransitions reviews = new ReviewTransitions();
    private final Failures failures;
    private final List<StreamEvent> heldReviews = new ArrayList<>();
    private StackRuntime runtime = new StackRuntime(List.of());
    private boolean published;
    private boolean missedOnce;
    private boolean active = true;
    private StreamEvent.@Nullable Failure late;
    private @Nullable Instant observedAt;
    private StreamEvent.@Nullable Snapshot snapshot;

    /** @param failures is told what fails */
    KnownStack(StackId id, Failures failures) {
        this.id = id;
        this.failures = failures;
    }

    /** The stack document was read. */
    List<StreamEvent> documentRead(StackDocument document, Instant at) {
        missedOnce = false;
        failures.documentRecovered();
        List<StageId> activeStages = activeStages(document);
        active = !activeStages.isEmpty();
        failures.retainStages(Set.copyOf(activeStages));
        reviews.documentRead(document);
        return advance(runtime.with(document), at);
    }

    /** A reconcile answered. A stage that the document does not hold any more is none of ours. */
    List<StreamEvent> stageReconciled(StageId stage, StageRuntime answer, Instant at) {
        Optional<StageState> known = runtime.stage(stage);
        if (known.isEmpty()) {
            return List.of();
        }
        failures.stageRecovered(stage);
        List<StreamEvent> events = new ArrayList<>(advance(runtime.with(stage, answer), at));
        if (reviews.reconciled(stage, answer.status())) {
            announceReview(known.get(), answer, at, events);
        }
        return events;
    }

    private void announceReview(StageState stage, StageRuntime answer, Instant at, List<StreamEvent> events) {
        StreamEvent ready = new StreamEvent.ReviewReady(stage.id(), stage.title(), at);
        if (!published) {
            heldReviews.add(ready);
            return;
        }
        if (events.isEmpty()) { // sent back and handed in again between two polls, with nothing else changed
            events.add(new StreamEvent.StageChanged(stage.id(), answer, at));
        }
        events.add(ready);
    }

    private List<StreamEvent> advance(StackRuntime next, Instant at) {
        List<RuntimeDiff.Change> changes = RuntimeDiff.between(runtime, next);
        runtime = next;
        observedAt = at;
        snapshot = null;
        return published ? changes.stream().map(change -> event(change, at)).toList() : List.of();
    }

    private StreamEvent event(RuntimeDiff.Change change, Instant at) {
        if (change instanceof RuntimeDiff.Change.StageReplaced replaced) {
            return new StreamEvent.StageChanged(replaced.stage(), replaced.runtime(), at);
        }
        return new StreamEvent.Snapshot(id, runtime, at);
    }

    /** The document could not be had: all that was known stays. */
    Optional<StreamEvent> documentFailed(ErrorCode code, String message) {
        missedOnce = false;
        return failures.documentFailed(code, message);
    }

    /** The document is not there yet, and those who wait for it are told that it is late. */
    void documentLate(String message) {
        failures.documentFailed(ErrorCode.UPSTREAM_UNAVAILABLE, message);
    }

    /** No stage has answered yet, and whoever comes before one does is told that they are late. */
    void stagesLate(String message) {
        late = new StreamEvent.Failure(ErrorCode.UPSTREAM_UNAVAILABLE, message, null);
    }

    /** A poll came to its end. */
    void pollEnded() {
        failures.pollEnded();
    }

    /** The upstream says for the first time that a stack which was there is not: that may be an outage. */
    Optional<StreamEvent> documentMissedOnce() {
        Optional<StreamEvent> failure = documentFailed(
                ErrorCode.UPSTREAM_UNAVAILABLE, "The upstream does not find the stack; it is asked once more.");
        missedOnce = true;
        return failure;
    }

    /** Whether the upstream said last that a stack which was there is not: it must be asked once more. */
    boolean isMissedOnce() {
        return missedOnce;
    }

    /** Whether some stage may move at any time, by the document that was read last; if none was, it may. */
    boolean isActive() {
        return active;
    }

    /** Whether one more answer that the stack does not exist is enough to believe it. */
    boolean isMissing() {
        return missedOnce || !isRead();
    }

    /** A stage could not be reconciled: it keeps its last runtime. */
    Optional<StreamEvent> stageFailed(StageId stage, ReconcileException failure, Instant at) {
        return failures.stageFailed(stage, failure, at);
    }

    /** From now on changes are told: first a snapshot, then the reviews that became ready before it. */
    List<StreamEvent> publish() {
        published = true;
        late = null;
        List<StreamEvent> events = new ArrayList<>();
        events.add(snapshot());
        events.addAll(heldReviews);
        heldReviews.clear();
        return events;
    }

    boolean isPublished() {
        return published;
    }

    /** Whether the stack document was ever read. */
    boolean isRead() {
        return observedAt != null;
    }

    /** Whether some stage has a runtime. */
    boolean hasRuntimes() {
        return runtime.stages().stream().anyMatch(stage -> stage.runtime() != null);
    }

    /** The present state: the same object until an answer arrives. The document must have been read. */
    StreamEvent.Snapshot snapshot() {
        if (snapshot == null) {
            snapshot = new StreamEvent.Snapshot(id, runtime, Objects.requireNonNull(observedAt));
        }
        return snapshot;
    }

    StreamEvent heartbeat(Instant now) {
        return new StreamEvent.Heartbeat(now, failures.health(), observedAt);
    }

    /** What is failing at the moment, for a newcomer. */
    Optional<StreamEvent> currentFailure() {
        return failures.current().or(() -> Optional.ofNullable(late));
    }

    /**
     * The stages to reconcile: in the stack's order, but those that failed last time at the end, and without those for
     * which the upstream asked for a pause.
     */
    List<StageId> stagesToReconcile(StackDocument document, Instant now) {
        return activeStages(document).stream()
                .filter(stage -> !failures.isPaused(stage, now))
                .collect(Collectors.partitioningBy(failures::isFailing))
                .entrySet()
                .stream()
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    private static List<StageId> activeStages(StackDocument document) {
        return document.stages().stream()
                .filter(stage -> stage.status().isActive())
                .map(Stage::id)
                .toList();
    }
}
