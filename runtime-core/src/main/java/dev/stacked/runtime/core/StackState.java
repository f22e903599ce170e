package dev.stacked.runtime.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The state of a stack: turns each answer of the upstream into a {@link Change}. Confined to the stack's event loop.
 */
final class StackState {
    /**
     * What readers may see. Until the first snapshot only failures are published, so that it shows the whole first
     * poll.
     *
     * <pre>
     * UNREAD ──document read──▶ COLLECTING ──publish──▶ PUBLISHED
     * </pre>
     */
    enum Phase {
        /** The upstream has not answered yet. */
        UNREAD,
        /** The document was read, and its stages are being reconciled. */
        COLLECTING,
        /** Every change is published. */
        PUBLISHED
    }

    private final ReviewTransitions reviews = new ReviewTransitions();
    private final Failures failures;
    private final List<StreamEvent> heldReviews = new ArrayList<>();
    private Phase phase = Phase.UNREAD;
    private StackRuntime runtime = new StackRuntime(List.of());
    private boolean active = true;
    private StreamEvent.@Nullable Failure late;
    private @Nullable Instant observedAt;
    private StreamEvent.@Nullable Snapshot snapshot;

    StackState(Failures failures) {
        this.failures = failures;
    }

    /** The stack document was read. */
    Change documentRead(StackDocument document, Instant at) {
        failures.documentRecovered();
        List<StageId> activeStages = activeStages(document);
        active = !activeStages.isEmpty();
        List<StageId> recovered = failures.retainStages(Set.copyOf(activeStages));
        reviews.documentRead(document);
        phase = phase == Phase.UNREAD ? Phase.COLLECTING : phase;
        return change(confirming(recovered, advance(runtime.with(document), at), at));
    }

    /** A reconcile answered. An answer for a stage that the document does not list any more is ignored. */
    Change stageReconciled(StageId stage, StageRuntime answer, Instant at) {
        Optional<StageState> known = runtime.stage(stage);
        if (known.isEmpty()) {
            return change(List.of());
        }
        boolean recovered = failures.stageRecovered(stage);
        boolean changed = !answer.equals(known.get().answer());
        List<StreamEvent> events = new ArrayList<>(
                confirming(recovered ? List.of(stage) : List.of(), advance(runtime.with(stage, answer), at), at));
        if (reviews.reconciled(stage, answer.status(), changed)) {
            announceReview(known.get(), answer, at, events);
        }
        return change(events);
    }

    private void announceReview(StageState stage, StageRuntime answer, Instant at, List<StreamEvent> events) {
        StreamEvent ready = new StreamEvent.ReviewReady(stage.id(), stage.title(), at);
        if (phase != Phase.PUBLISHED) {
            heldReviews.add(ready);
            return;
        }
        if (events.isEmpty()) { // resubmitted unchanged while the stack was not polled
            events.add(new StreamEvent.StageChanged(stage.id(), answer, at));
        }
        events.add(ready);
    }

    private List<StreamEvent> advance(StackRuntime next, Instant at) {
        List<RuntimeDiff.Difference> changes = RuntimeDiff.between(runtime, next);
        runtime = next;
        observedAt = at;
        snapshot = new StreamEvent.Snapshot(next, at);
        return phase == Phase.PUBLISHED
                ? changes.stream().map(change -> event(change, at)).toList()
                : List.of();
    }

    private static StreamEvent event(RuntimeDiff.Difference change, Instant at) {
        if (change instanceof RuntimeDiff.Difference.StageReplaced replaced) {
            return new StreamEvent.StageChanged(replaced.stage(), replaced.runtime(), at);
        }
        return new StreamEvent.Snapshot(((RuntimeDiff.Difference.Resync) change).runtime(), at);
    }

    /** Adds an event for each recovered stage that has none, so that clients can clear its problem. */
    private List<StreamEvent> confirming(List<StageId> recovered, List<StreamEvent> events, Instant at) {
        if (phase != Phase.PUBLISHED || recovered.isEmpty()) {
            return events;
        }
        List<StreamEvent> all = new ArrayList<>(events);
        for (StageId stage : recovered) {
            if (all.stream().noneMatch(event -> shows(event, stage))) {
                all.add(confirmation(stage, at));
            }
        }
        return all;
    }

    private static boolean shows(StreamEvent event, StageId stage) {
        return event instanceof StreamEvent.Snapshot
                || (event instanceof StreamEvent.StageChanged changed
                        && changed.stage().equals(stage));
    }

    private StreamEvent confirmation(StageId stage, Instant at) {
        Optional<StageRuntime> known = runtime.stage(stage).map(StageState::runtime);
        return known.isPresent()
                ? new StreamEvent.StageChanged(stage, known.get(), at)
                : Objects.requireNonNull(snapshot);
    }

    /** The document could not be read; the state stays as it is. */
    Change documentFailed(ReconcileException failure) {
        return change(failures.documentFailed(
                failure.code(), failure.message(), failure.reason().orElse(null)));
    }

    /** The stack does not exist (any more). */
    Change gone(String message) {
        return documentFailed(new ReconcileException(ErrorCode.STACK_NOT_FOUND, message));
    }

    /** The upstream has not answered in time; only readers that start before it does are sent this failure. */
    Change documentLate(String message) {
        failures.documentFailed(ErrorCode.UPSTREAM_UNAVAILABLE, message, null);
        return change(List.of());
    }

    /** No stage has answered in time; readers that start before one does are sent this failure. */
    Change stagesLate(String message) {
        late = new StreamEvent.Failure(ErrorCode.UPSTREAM_UNAVAILABLE, message, null);
        return change(List.of());
    }

    /** A stage could not be reconciled: it keeps its last runtime. */
    Change stageFailed(StageId stage, ReconcileException failure, long nowNanos) {
        return change(failures.stageFailed(stage, failure, nowNanos));
    }

    /** The upstream does not know the stage; the next document decides whether it was removed. */
    Change stageMissing(StageId stage, ReconcileException failure, long nowNanos) {
        if (failures.isStageMissing(stage)) {
            return stageFailed(stage, failure.withCode(ErrorCode.RECONCILE_FAILED), nowNanos);
        }
        failures.stageMissing(stage);
        return change(List.of());
    }

    /** A poll has ended. */
    void pollEnded() {
        failures.pollEnded();
    }

    /** The first snapshot, followed by the reviews that became ready before it. */
    Change publish() {
        phase = Phase.PUBLISHED;
        late = null;
        List<StreamEvent> events = new ArrayList<>();
        events.add(Objects.requireNonNull(snapshot, "No document was read yet."));
        events.addAll(heldReviews);
        heldReviews.clear();
        return change(events);
    }

    private Change change(List<StreamEvent> events) {
        return new Change(events, null, view());
    }

    private Change change(Optional<StreamEvent.Failure> error) {
        return new Change(List.of(), error.orElse(null), view());
    }

    private StackView view() {
        return new StackView(
                phase == Phase.PUBLISHED ? snapshot : null,
                failures.current().orElse(late),
                failures.all(),
                failures.health(),
                observedAt);
    }

    Phase phase() {
        return phase;
    }

    boolean isPublished() {
        return phase == Phase.PUBLISHED;
    }

    /** Whether the last document has an active stage; true before the first read. */
    boolean isActive() {
        return active;
    }

    /** Whether some stage has a runtime. */
    boolean hasRuntimes() {
        return runtime.stages().stream().anyMatch(stage -> stage.runtime() != null);
    }

    /**
     * The stages to reconcile, in the stack's order. Those that failed last time come last; those for which the
     * upstream requested a pause are left out.
     */
    List<StageId> stagesToReconcile(StackDocument document, long nowNanos) {
        return activeStages(document).stream()
                .filter(stage -> !failures.isPaused(stage, nowNanos))
                .collect(Collectors.partitioningBy(failures::isFailing))
                .values()
                .stream()
                .flatMap(Collection::stream)
                .toList();
    }

    private static List<StageId> activeStages(StackDocument document) {
        return document.stages().stream()
                .filter(stage -> stage.status().isActive())
                .map(Stage::id)
                .toList();
    }
}
