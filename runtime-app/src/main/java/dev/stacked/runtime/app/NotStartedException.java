package dev.stacked.runtime.app;

import dev.stacked.runtime.app.options.InvalidOptionsException;
import org.jspecify.annotations.Nullable;

/** The app does not serve: it was only asked for information, its options are wrong, or it could not begin. */
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

    /** What the process should end with: 0 for information, 1 for a failure, 2 for wrong options. */
    public int exitCode() {
        return exitCode;
    }

    /** What the user should read: the information, or one line that says what is wrong. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
