package dev.stacked.runtime.demo;

import org.jspecify.annotations.Nullable;

/**
 * How a stage stands.
 *
 * @param status how far it has come
 * @param session what its session does: {@code busy}, {@code retry}, {@code idle}, or {@code missing} if it has none
 * @param todoCompleted how many of its todos are ticked off
 * @param todoTotal how many todos it has
 * @param review its pull request, if one was opened
 */
record Progress(
        StageStatus status,
        String session,
        int todoCompleted,
        int todoTotal,
        @Nullable Review review) {
    static final Progress NOT_STARTED = new Progress(StageStatus.NOT_STARTED, "missing", 0, 0, null);

    /** At work, with {@code completed} of {@code total} todos done. */
    static Progress working(String session, int completed, int total) {
        return new Progress(StageStatus.IN_PROGRESS, session, completed, total, null);
    }

    /** At work again, after {@code refused}. */
    static Progress reworking(int completed, int total, Review refused) {
        return new Progress(StageStatus.IN_PROGRESS, "busy", completed, total, refused);
    }

    /** The work done, and its pull request as {@code review} says. */
    static Progress reviewed(StageStatus status, int todos, Review review) {
        return new Progress(status, "idle", todos, todos, review);
    }
}
