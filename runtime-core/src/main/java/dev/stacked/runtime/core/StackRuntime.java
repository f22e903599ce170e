package dev.stacked.runtime.core;

import java.util.List;
import java.util.Optional;

/**
 * The state of a stack: its stages in order, with their known runtimes.
 *
 * @param stages all stages in the stack's order, each id once
 */
public record StackRuntime(List<StageState> stages) {
    /** Copies the list. */
    public StackRuntime {
        stages = List.copyOf(stages);
    }

    /** The state of one stage; empty if the stack has no such stage. */
    public Optional<StageState> stage(StageId id) {
        for (StageState stage : stages) {
            if (stage.id().equals(id)) {
                return Optional.of(stage);
            }
        }
        return Optional.empty();
    }

    /** This state after a reconcile of one stage; unchanged if the stack has no such stage. */
    StackRuntime with(StageId id, StageRuntime runtime) {
        return new StackRuntime(stages.stream()
                .map(stage -> stage.id().equals(id) ? stage.withAnswer(runtime) : stage)
                .toList());
    }

    /** This state as a newly read stack document changes it: an active stage keeps its last answer. */
    StackRuntime with(StackDocument document) {
        return new StackRuntime(document.stages().stream().map(this::merged).toList());
    }

    private StageState merged(Stage stage) {
        StageStatus status = stage.status();
        if (status.isActive()) {
            StageRuntime last = stage(stage.id()).map(StageState::answer).orElse(null);
            return new StageState(stage.id(), stage.title(), status, last);
        }
        return new StageState(
                stage.id(), stage.title(), status, status.equals(StageStatus.NOT_STARTED) ? null : stage.stored());
    }
}
