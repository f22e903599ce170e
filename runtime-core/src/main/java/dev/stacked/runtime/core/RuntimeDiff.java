package dev.stacked.runtime.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The difference between two states of a stack, as a subscriber must receive it. Pure functions.
 *
 * <p>Two laws hold, for all states {@code a} and {@code b}: {@code apply(a, between(a, b))} shows the same stages,
 * titles, order, statuses and runtimes as {@code b}, and {@code between(a, a)} is empty.
 */
final class RuntimeDiff {
    private RuntimeDiff() {}

    /** One difference. */
    sealed interface Difference {
        /**
         * The full state is needed: the list of stages, a title, the order or the status of a stage without runtime
         * changed, or a runtime is gone.
         */
        record Resync(StackRuntime runtime) implements Difference {}

        /** One stage has a new runtime. */
        record StageReplaced(StageId stage, StageRuntime runtime) implements Difference {}
    }

    /** What turns {@code before} into {@code after}, in the order of the stages. */
    static List<Difference> between(StackRuntime before, StackRuntime after) {
        if (before.stages().size() != after.stages().size()) {
            return List.of(new Difference.Resync(after));
        }
        List<Difference> changes = new ArrayList<>();
        for (int i = 0; i < after.stages().size(); i++) {
            StageState old = before.stages().get(i);
            StageState now = after.stages().get(i);
            if (!sameOutline(old, now) || needsSnapshot(old, now)) {
                return List.of(new Difference.Resync(after));
            }
            if (now.runtime() != null && !Objects.equals(old.runtime(), now.runtime())) {
                changes.add(new Difference.StageReplaced(now.id(), now.runtime()));
            }
        }
        return List.copyOf(changes);
    }

    /** The state of a subscriber that had {@code before} and received {@code changes}. */
    static StackRuntime apply(StackRuntime before, List<Difference> changes) {
        StackRuntime state = before;
        for (Difference change : changes) {
            if (change instanceof Difference.Resync resync) {
                state = resync.runtime();
            } else if (change instanceof Difference.StageReplaced replaced) {
                state = state.with(replaced.stage(), replaced.runtime());
            }
        }
        return state;
    }

    /** Whether the stage has changed and has no runtime by which to show it. */
    private static boolean needsSnapshot(StageState old, StageState now) {
        return now.runtime() == null && (old.runtime() != null || !old.status().equals(now.status()));
    }

    private static boolean sameOutline(StageState left, StageState right) {
        return left.id().equals(right.id()) && left.title().equals(right.title());
    }
}
