package dev.stacked.runtime.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The difference between two states of a stack, as a subscriber must be told it. Pure functions.
 *
 * <p>Two laws hold, for all states {@code a} and {@code b}: {@code apply(a, between(a, b))} shows the same stages,
 * titles, order and runtimes as {@code b}, and {@code between(a, a)} is empty.
 */
final class RuntimeDiff {
    private RuntimeDiff() {}

    /** One thing to tell. */
    sealed interface Change {
        /** All is to be told anew: the list of stages, a title or the order changed, or a runtime is no more. */
        record Resync(StackRuntime runtime) implements Change {}

        /** One stage has a new runtime. */
        record StageReplaced(StageId stage, StageRuntime runtime) implements Change {}
    }

    /** What turns {@code before} into {@code after}, in the order of the stages. */
    static List<Change> between(StackRuntime before, StackRuntime after) {
        if (before.stages().size() != after.stages().size()) {
            return List.of(new Change.Resync(after));
        }
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < after.stages().size(); i++) {
            StageState old = before.stages().get(i);
            StageState now = after.stages().get(i);
            if (!sameOutline(old, now) || (old.runtime() != null && now.runtime() == null)) {
                return List.of(new Change.Resync(after));
            }
            if (now.runtime() != null && !Objects.equals(old.runtime(), now.runtime())) {
                changes.add(new Change.StageReplaced(now.id(), now.runtime()));
            }
        }
        return List.copyOf(changes);
    }

    /** The state of a subscriber that had {@code before} and was told {@code changes}. */
    static StackRuntime apply(StackRuntime before, List<Change> changes) {
        StackRuntime state = before;
        for (Change change : changes) {
            if (change instanceof Change.Resync resync) {
                state = resync.runtime();
            } else if (change instanceof Change.StageReplaced replaced) {
                state = state.with(replaced.stage(), replaced.runtime());
            }
        }
        return state;
    }

    private static boolean sameOutline(StageState left, StageState right) {
        return left.id().equals(right.id()) && left.title().equals(right.title());
    }
}
