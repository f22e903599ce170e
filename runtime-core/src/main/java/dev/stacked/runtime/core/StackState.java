package dev.stacked.runtime.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
    private @Nullable StackDocument document;
    private List<StageId> activeStages = List.of();
    private StreamEvent.@Nullable Failure late;
    /** Time of the last answer that was a success; null before the first. */
    private @Nullable Instant answeredAt;

    private @Nullable Instant observedAt;
    private StreamEvent.@Nullable Snapshot snapshot;

    StackState(Failures failures) {
        this.failures = failures;
    }

    /** The stack document was read; a backend may return the same one again. */
    Change documentRead(StackDocument read, Instant at) {
        answeredAt = at;
        if (isConfirmed(read)) {
            reviews.documentConfirmed();
            return Change.NONE;
        }
        document = read;
        activeStages = activeStages(read);
        failures.documentRecovered();
        List<StageId> recovered = failures.retainStages(Set.copyOf(activeStages));
        reviews.documentRead(read);
        phase = phase == Phase.UNREAD ? Phase.COLLECTING : phase;
        return change(confirming(recovered, advance(runtime.with(read), at), at));
    }

    @SuppressWarnings("ReferenceEquality") // documents that are equal but not the same are compared by their stages
    private boolean isConfirmed(StackDocument read) {
        return read == document && failures.isEmpty();
    }

    /** A reconcile answered. An answer for a stage that the document does not list any more is ignored. */
    Change stageReconciled(StageId stage, StageRuntime answer, Instant at) {
        StageState known = runtime.stage(stage).orElse(null);
        if (known == null) {
            return Change.NONE;
        }
        answeredAt = at;
        boolean changed = !answer.equals(known.answer());
        boolean ready = reviews.reconciled(stage, answer.status(), changed);
        if (!changed && !ready && !failures.isTroubled(stage)) {
            return Change.NONE;
        }
        boolean recovered = failures.stageRecovered(stage);
        List<StreamEvent> events = new ArrayList<>(
                confirming(recovered ? List.of(stage) : List.of(), advance(runtime.with(stage, answer), at), at));
        if (ready) {
            announceReview(known, answer, at, events);
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
    Change stageFailed(StageId stage, ReconcileException failure) {
        return change(failures.stageFailed(stage, failure));
    }

    /** The upstream does not know the stage; the next document decides whether it was removed. */
    Change stageMissing(StageId stage, ReconcileException failure) {
        if (failures.isStageMissing(stage)) {
            return stageFailed(stage, failure.withCode(ErrorCode.RECONCILE_FAILED));
        }
        failures.stageMissing(stage);
        return Change.NONE;
    }

    /** A poll has ended: the state was confirmed by its last answer. */
    Change pollEnded() {
        failures.pollEnded();
        if (answeredAt == null || answeredAt.equals(observedAt)) {
            return Change.NONE;
        }
        observedAt = answeredAt;
        snapshot = new StreamEvent.Snapshot(runtime, answeredAt);
        return change(List.of());
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

    /** The state of the stages. */
    StackRuntime runtime() {
        return runtime;
    }

    boolean isPublished() {
        return phase == Phase.PUBLISHED;
    }

    /** Whether the last document has an active stage; true before the first read. */
    boolean isActive() {
        return document == null || !activeStages.isEmpty();
    }

    /** Whether some stage has a runtime. */
    boolean hasRuntimes() {
        return runtime.stages().stream().anyMatch(stage -> stage.runtime() != null);
    }

    /**
     * The active stages of the last document, in the stack's order. Those that failed last time come last.
     *
     * @param callable whether the upstream may be called for a stage; the others are left out
     */
    List<StageId> stagesToReconcile(Predicate<StageId> callable) {
        List<StageId> stages = callable(callable);
        if (failures.isEmpty()) {
            return stages;
        }
        return stages.stream().collect(Collectors.partitioningBy(failures::isFailing)).values().stream()
                .flatMap(Collection::stream)
                .toList();
    }

    private List<StageId> callable(Predicate<StageId> callable) {
        for (StageId stage : activeStages) {
            if (!callable.test(stage)) {
                return activeStages.stream().filter(callable).toList();
            }
        }
        return activeStages;
    }

    private static List<StageId> activeStages(StackDocument document) {
        return document.stages().stream()
                .filter(stage -> stage.status().isActive())
                .map(Stage::id)
                .toList();
    }
}
