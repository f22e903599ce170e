package dev.stacked.runtime.core;

/**
 * A stage as the stack document shows it.
 *
 * @param id unique within its stack
 * @param title free text for people
 * @param stored its runtime as far as the document has it (see {@link StageRuntime#stored}); its status is the stage's
 */
public record Stage(StageId id, String title, StageRuntime stored) {
    /** The status that the document gives. */
    public StageStatus status() {
        return stored.status();
    }
}
