package dev.stacked.runtime.demo;

import org.jspecify.annotations.Nullable;

/**
 * The progress of a stage.
 *
 * @param status the stage's status
 * @param session activity of its session: {@code busy}, {@code retry}, {@code idle}, or {@code missing} without one
 * @param todoCompleted number of completed todos
 * @param todoTotal number of todos
 * @param review state of its pull request, if there is one
 */
record Progress(
        StageStatus status,
        String session,
        int todoCompleted,
        int todoTotal,
        @Nullable Review review) {
    static final Progress NOT_STARTED = new Progress(StageStatus.NOT_STARTED, "missing", 0, 0, null);

    /** In progress, with {@code completed} of {@code total} todos done. */
    static Progress working(String session, int completed, int total) {
        return new Progress(StageStatus.IN_PROGRESS, session, completed, total, null);
    }

    /** In progress again, after the review {@code refused}. */
    static Progress reworking(int completed, int total, Review refused) {
        return new Progress(StageStatus.IN_PROGRESS, "busy", completed, total, refused);
    }

    /** All todos done, with the pull request in the state {@code review}. */
    static Progress reviewed(StageStatus status, int todos, Review review) {
        return new Progress(status, "idle", todos, todos, review);
    }
}
