package dev.stacked.runtime.core;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one stage.
 *
 * @param id unique within its stack
 * @param title free text for people
 * @param documentStatus the status that the stack document gives
 * @param runtime its runtime; null while it is {@code not-started} or its first reconcile has not yet succeeded
 */
public record StageState(
        StageId id,
        String title,
        StageStatus documentStatus,
        @Nullable StageRuntime runtime) {

    /** The freshest status: the runtime's if there is one, else the document's. */
    public StageStatus status() {
        return runtime == null ? documentStatus : runtime.status();
    }

    /** This stage as a reconcile answered it; a stage that turns out not to be started has no runtime. */
    StageState withRuntime(StageRuntime answered) {
        return answered.status().equals(StageStatus.NOT_STARTED)
                ? new StageState(id, title, StageStatus.NOT_STARTED, null)
                : new StageState(id, title, documentStatus, answered);
    }
}
