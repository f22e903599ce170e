package dev.stacked.runtime.app;

import java.util.regex.Pattern;

/** Invalid options. The message is one line: the option, its value, where it was set, and the rule. */
public final class InvalidOptionsException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029]");

    /**
     * A complaint.
     *
     * @param message one sentence
     */
    public InvalidOptionsException(String message) {
        super(UNPRINTABLE
                .matcher(message)
                .replaceAll(match -> "\\\\u%04x".formatted((int) match.group().charAt(0))));
    }

    /** The line, for people. */
    public String line() {
        return String.valueOf(getMessage());
    }
}
