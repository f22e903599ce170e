package dev.stacked.runtime.core;

/**
 * A stage as the stack document shows it.
 *
 * @param id unique within its stack
 * @param title free text for people
 * @param stored what the document tells of its runtime (see {@link StageRuntime#stored}); its status is the stage's
 */
public record Stage(StageId id, String title, StageRuntime stored) {
    /** The status that the document gives. */
    public StageStatus status() {
        return stored.status();
    }
}
