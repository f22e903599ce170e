package dev.stacked.runtime.core;

import org.jspecify.annotations.Nullable;

/**
 * The state of one stage.
 *
 * @param id unique within its stack
 * @param title free text for people
 * @param documentStatus the status in the stack document
 * @param answer the last answer of a reconcile, or what the document stores of a finished stage; null while there is
 *     none
 */
public record StageState(
        StageId id,
        String title,
        StageStatus documentStatus,
        @Nullable StageRuntime answer) {

    /** The freshest status: the answer's if there is one, else the document's. */
    public StageStatus status() {
        return answer == null ? documentStatus : answer.status();
    }

    /** The stage's runtime; null while it is {@code not-started} or its first reconcile has not yet succeeded. */
    public @Nullable StageRuntime runtime() {
        return status().equals(StageStatus.NOT_STARTED) ? null : answer;
    }

    /** This stage after a reconcile. */
    StageState withAnswer(StageRuntime newAnswer) {
        return new StageState(id, title, documentStatus, newAnswer);
    }
}
