package dev.stacked.runtime.core;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is failing at the moment, so that an {@code error} is told when it begins or its code changes and not on every
 * poll. Confined to the stack's event loop.
 */
final class Failures {
    private final Map<StageId, StageFailure> stages = new HashMap<>();
    private StreamEvent.@Nullable Failure document;
    /** The document's failure that was told last; kept until a poll has come to its end without any. */
    private StreamEvent.@Nullable Failure toldOfDocument;

    private StreamEvent.@Nullable Failure newest;
    private int consecutive;

    private record StageFailure(StreamEvent.Failure event, Instant pausedUntil) {}

    /** Takes note that the stack document failed; the event to tell, if it is news. */
    Optional<StreamEvent> documentFailed(ErrorCode code, String message) {
        StreamEvent.Failure before = toldOfDocument;
        document = new StreamEvent.Failure(code, message, null);
        toldOfDocument = document;
        return toldIfNew(before, document);
    }

    /** Takes note that a stage failed; the event to tell, if it is news. */
    Optional<StreamEvent> stageFailed(StageId stage, ReconcileException failure, Instant at) {
        StreamEvent.Failure event = new StreamEvent.Failure(failure.code(), failure.message(), stage);
        StageFailure before = stages.put(stage, new StageFailure(event, at.plus(failure.retryAfter())));
        return toldIfNew(before == null ? null : before.event(), event);
    }

    private Optional<StreamEvent> toldIfNew(StreamEvent.@Nullable Failure before, StreamEvent.Failure now) {
        if (before != null && before.code() == now.code()) {
            return Optional.empty();
        }
        newest = now;
        return Optional.of(now);
    }

    void documentRecovered() {
        document = null;
    }

    /** From now on a failure of the document is news, unless it lasts. */
    void pollEnded() {
        toldOfDocument = document;
        consecutive = document == null ? 0 : consecutive + 1;
    }

    /** How many polls in a row, up to the last that is over, could not get the document. */
    int consecutive() {
        return consecutive;
    }

    void stageRecovered(StageId stage) {
        stages.remove(stage);
    }

    /** Forgets the failures of stages that are not reconciled any more. */
    void retainStages(Set<StageId> reconciled) {
        stages.keySet().retainAll(reconciled);
    }

    boolean isFailing(StageId stage) {
        return stages.containsKey(stage);
    }

    /** Whether the upstream asked not to be called for this stage yet. */
    boolean isPaused(StageId stage, Instant now) {
        StageFailure failure = stages.get(stage);
        return failure != null && now.isBefore(failure.pausedUntil());
    }

    /** What a newcomer is told: the document's failure, else the newest failure that still lasts, else any other. */
    Optional<StreamEvent> current() {
        if (document != null) {
            return Optional.of(document);
        }
        return stages.values().stream()
                .map(StageFailure::event)
                .max(Comparator.comparing(event -> newest != null && Objects.equals(event.stage(), newest.stage())))
                .map(StreamEvent.class::cast);
    }

    /** Everything that is failing: the document first. */
    List<StreamEvent.Failure> all() {
        return Stream.concat(
                        Stream.ofNullable(document), stages.values().stream().map(StageFailure::event))
                .toList();
    }

    UpstreamHealth health() {
        if (document != null) {
            return UpstreamHealth.DOWN;
        }
        return stages.isEmpty() ? UpstreamHealth.OK : UpstreamHealth.DEGRADED;
    }
}
