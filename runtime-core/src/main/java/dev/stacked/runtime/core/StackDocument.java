package dev.stacked.runtime.core;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A stack as the upstream's stack document shows it.
 *
 * @param stages all stages in the stack's order, each id once
 * @param maxAge for how long the upstream says that the document is valid, so that it need not be read again before; of
 *     more than 30 s only 30 s count. Zero if it does not say
 */
public record StackDocument(List<Stage> stages, Duration maxAge) {
    /** A document that may be read again at any time. */
    public StackDocument(List<Stage> stages) {
        this(stages, Duration.ZERO);
    }

    /**
     * Copies the list and checks the rules.
     *
     * @throws IllegalArgumentException if a stage id occurs twice, or if the age is negative
     */
    public StackDocument {
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("maxAge must not be negative; it is " + maxAge + ".");
        }
        stages = List.copyOf(stages);
        Set<StageId> seen = new HashSet<>();
        for (Stage stage : stages) {
            if (!seen.add(stage.id())) {
                throw new IllegalArgumentException("Stage id '" + stage.id() + "' occurs twice in the stack.");
            }
        }
    }
}
