package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.seeded.SeededTest;
import java.util.List;
import java.util.Random;

/** Laws of the diff. */
final class RuntimeDiffPropertyTest {
    @SeededTest
    void applyingTheDifferenceGivesTheOtherState(Random random) {
        StackRuntime before = Any.stackRuntime(random);
        StackRuntime after = Any.stackRuntime(random);
        assertEquals(after, RuntimeDiff.apply(before, RuntimeDiff.between(before, after)));
    }

    @SeededTest
    void noStateDiffersFromItself(Random random) {
        StackRuntime state = Any.stackRuntime(random);
        assertEquals(List.of(), RuntimeDiff.between(state, state));
        assertEquals(List.of(), RuntimeDiff.between(state, new StackRuntime(state.stages())));
    }

    @SeededTest
    void differenceIsEitherAllAnewOrEachChangedStageOnceInOrder(Random random) {
        StackRuntime before = Any.stackRuntime(random);
        StackRuntime after = Any.stackRuntime(random);
        List<RuntimeDiff.Difference> changes = RuntimeDiff.between(before, after);
        if (changes.size() == 1 && changes.get(0) instanceof RuntimeDiff.Difference.Resync resync) {
            assertEquals(after, resync.runtime());
            return;
        }
        List<StageId> changed = changes.stream()
                .map(change -> ((RuntimeDiff.Difference.StageReplaced) change).stage())
                .toList();
        List<StageId> different = after.stages().stream()
                .filter(stage -> !before.stage(stage.id()).orElseThrow().equals(stage))
                .map(StageState::id)
                .toList();
        assertEquals(different, changed);
    }

    @SeededTest
    void statesOfTheSameOutlineNeedNoSnapshot(Random random) {
        StackRuntime state = Any.stackRuntime(random);
        StackRuntime changed = new StackRuntime(state.stages().stream()
                .map(stage -> stage.withAnswer(Any.runtime("review", 77)))
                .toList());

        assertTrue(RuntimeDiff.between(state, changed).stream()
                .allMatch(change -> change instanceof RuntimeDiff.Difference.StageReplaced));
    }

    @SeededTest
    void statusOfTheDocumentCountsWhereNoAnswerIsFresher(Random random) {
        StackRuntime state = Any.stackRuntime(random);
        StackRuntime other = new StackRuntime(state.stages().stream()
                .map(stage -> new StageState(stage.id(), stage.title(), StageStatus.REVIEW, stage.answer()))
                .toList());

        boolean visible = state.stages().stream().anyMatch(stage -> stage.answer() == null);
        List<RuntimeDiff.Difference> changes = RuntimeDiff.between(state, other);
        assertEquals(visible ? List.of(new RuntimeDiff.Difference.Resync(other)) : List.of(), changes);
    }
}
