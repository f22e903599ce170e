package dev.stacked.runtime.app;

import org.jspecify.annotations.Nullable;

/** The app does not start: only information was requested, its options are invalid, or the start failed. */
public final class NotStartedException extends RuntimeException {
    static final int FAILED = 1;

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private NotStartedException(int exitCode, String text, @Nullable Throwable cause) {
        super(text, cause);
        this.exitCode = exitCode;
    }

    static NotStartedException asked(String text) {
        return new NotStartedException(0, text, null);
    }

    static NotStartedException failed(String line, Throwable cause) {
        return new NotStartedException(FAILED, line, cause);
    }

    static NotStartedException misused(InvalidOptionsException problem) {
        return new NotStartedException(2, problem.line(), problem);
    }

    /** The exit code of the process: 0 for information, 1 for a failure, 2 for invalid options. */
    public int exitCode() {
        return exitCode;
    }

    /** The text for the user: the information, or one line with the reason. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
