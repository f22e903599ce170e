package dev.stacked.runtime.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The current failures of a stack, so that an {@code error} is emitted when a failure begins or changes its code, and
 * not on every poll. Confined to the stack's event loop.
 */
final class Failures {
    private final Map<StageId, StageFailure> stages = new HashMap<>();
    /** Stages that the upstream did not know when they were reconciled last. */
    private final Set<StageId> missing = new HashSet<>();

    private StreamEvent.@Nullable Failure document;
    private @Nullable String reasonOfDocument;
    /** The document's failure that was emitted last; kept until a poll has ended without a failure of the document. */
    private StreamEvent.@Nullable Failure emittedOfDocument;

    private StreamEvent.@Nullable Failure newest;
    private int consecutive;

    private record StageFailure(
            StreamEvent.Failure event, @Nullable String reason) {}

    /**
     * The stack document failed; returns the error to emit, if it is new.
     *
     * @param reason the value of {@link ReconcileException#reason}; null if absent
     */
    Optional<StreamEvent.Failure> documentFailed(ErrorCode code, String message, @Nullable String reason) {
        StreamEvent.Failure before = emittedOfDocument;
        reasonOfDocument = reason;
        document = new StreamEvent.Failure(code, message, null);
        emittedOfDocument = document;
        return ifNew(before, document);
    }

    /** A stage failed; returns the error to emit, if it is new. */
    Optional<StreamEvent.Failure> stageFailed(StageId stage, ReconcileException failure) {
        StreamEvent.Failure event = new StreamEvent.Failure(failure.code(), failure.message(), stage);
        StageFailure before =
                stages.put(stage, new StageFailure(event, failure.reason().orElse(null)));
        return ifNew(before == null ? null : before.event(), event);
    }

    /** The upstream did not know the stage. This is not a failure yet, since the stage may just have been removed. */
    void stageMissing(StageId stage) {
        missing.add(stage);
    }

    boolean isStageMissing(StageId stage) {
        return missing.contains(stage);
    }

    private Optional<StreamEvent.Failure> ifNew(StreamEvent.@Nullable Failure before, StreamEvent.Failure now) {
        if (before != null && before.code() == now.code()) {
            return Optional.empty();
        }
        newest = now;
        return Optional.of(now);
    }

    void documentRecovered() {
        document = null;
    }

    /** Ends a poll: the document's next failure is emitted, unless it continues the present one. */
    void pollEnded() {
        emittedOfDocument = document;
        consecutive = document == null ? 0 : consecutive + 1;
    }

    /** Number of completed polls in a row, up to the last, that could not read the document. */
    int consecutive() {
        return consecutive;
    }

    /** A stage answered; returns whether it was failing before. */
    boolean stageRecovered(StageId stage) {
        missing.remove(stage);
        return stages.remove(stage) != null;
    }

    /** Forgets stages that are not reconciled any more; returns those of them that were failing. */
    List<StageId> retainStages(Set<StageId> reconciled) {
        missing.retainAll(reconciled);
        List<StageId> recovered = stages.keySet().stream()
                .filter(stage -> !reconciled.contains(stage))
                .toList();
        recovered.forEach(stages::remove);
        return recovered;
    }

    boolean isFailing(StageId stage) {
        return stages.containsKey(stage);
    }

    /** Whether nothing fails, and no stage is missing. */
    boolean isEmpty() {
        return document == null && stages.isEmpty() && missing.isEmpty();
    }

    /** Whether the last answer for this stage was not a success. */
    boolean isTroubled(StageId stage) {
        return stages.containsKey(stage) || missing.contains(stage);
    }

    /** The failure for a new reader: the document's, else the newest one that still lasts, else any other. */
    Optional<StreamEvent.Failure> current() {
        if (document != null) {
            return Optional.of(document);
        }
        return stages.values().stream()
                .map(StageFailure::event)
                .max(Comparator.comparing(event -> newest != null && Objects.equals(event.stage(), newest.stage())));
    }

    /** Everything that fails: the document first. */
    List<StreamEvent.Failure> all() {
        return Stream.concat(
                        Stream.ofNullable(document), stages.values().stream().map(StageFailure::event))
                .toList();
    }

    /** Everything that fails, with the reasons: the document first. */
    List<PollerStatus.Failing> withReasons() {
        List<PollerStatus.Failing> failing = new ArrayList<>();
        if (document != null) {
            failing.add(new PollerStatus.Failing(document, reasonOfDocument));
        }
        stages.values().forEach(stage -> failing.add(new PollerStatus.Failing(stage.event(), stage.reason())));
        return failing;
    }

    UpstreamHealth health() {
        if (document != null) {
            return UpstreamHealth.DOWN;
        }
        return stages.isEmpty() ? UpstreamHealth.OK : UpstreamHealth.DEGRADED;
    }
}
