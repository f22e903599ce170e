package dev.stacked.runtime.app.options;

import java.util.Optional;
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

    /** The complaint about a name that does not exist, with the one that was probably meant. */
    static InvalidOptionsException unknown(String what, Optional<String> meant) {
        return new InvalidOptionsException("Unknown %s; %s--help lists all options."
                .formatted(
                        what,
                        meant.map(name -> "did you mean %s? ".formatted(name)).orElse("")));
    }

    /** The line, for people. */
    public String line() {
        return String.valueOf(getMessage());
    }
}
