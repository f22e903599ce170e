package dev.stacked.runtime.core;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A stack as the upstream's stack document shows it.
 *
 * @param stages all stages in the stack's order, each id once
 */
public record StackDocument(List<Stage> stages) {
    /**
     * Copies the list and checks the rule.
     *
     * @throws IllegalArgumentException if a stage id occurs twice
     */
    public StackDocument {
        stages = List.copyOf(stages);
        Set<StageId> seen = new HashSet<>();
        for (Stage stage : stages) {
            if (!seen.add(stage.id())) {
                throw new IllegalArgumentException("Stage id '" + stage.id() + "' occurs twice in the stack.");
            }
        }
    }
}
