package dev.stacked.runtime.core;

/**
 * How far a stage has come. The set is open: a status that is not known here is passed through and treated like an
 * active one.
 *
 * @param value the status as it stands on the wire, such as {@code in-progress}
 */
public record StageStatus(String value) {
    /** Not started; such a stage has no runtime. */
    public static final StageStatus NOT_STARTED = new StageStatus("not-started");
    /** Someone, often an agent, is at work. */
    public static final StageStatus IN_PROGRESS = new StageStatus("in-progress");
    /** The work waits for a reviewer. */
    public static final StageStatus REVIEW = new StageStatus("review");
    /** A reviewer has agreed. */
    public static final StageStatus APPROVED = new StageStatus("approved");
    /** Merged; nothing moves any more. */
    public static final StageStatus DONE = new StageStatus("done");

    /**
     * Checks the rule.
     *
     * @throws IllegalArgumentException if the value is blank
     */
    public StageStatus {
        if (value.isBlank()) {
            throw new IllegalArgumentException("Stage status is required.");
        }
    }

    /** Whether a stage of this status is reconciled on every poll: all but {@code not-started} and {@code done}. */
    public boolean isActive() {
        return !equals(NOT_STARTED) && !equals(DONE);
    }

    @Override
    public String toString() {
        return value;
    }
}
