package dev.stacked.runtime.core;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The place of an event in its stack's history, written {@code <epoch>-<number>}.
 *
 * @param epoch names one unbroken history; another epoch means that the history was lost. 1 to 40 letters and digits
 * @param number rises by one per event; 0 stands for the beginning, before any event
 */
public record EventId(String epoch, long number) {
    private static final Pattern EPOCH = Pattern.compile("[A-Za-z0-9]{1,40}");
    private static final Pattern ID = Pattern.compile("(" + EPOCH + ")-([0-9]{1,18})");

    /**
     * Checks the rules.
     *
     * @throws IllegalArgumentException if the epoch or the number is out of its range
     */
    public EventId {
        if (!EPOCH.matcher(epoch).matches()) {
            throw new IllegalArgumentException("An epoch is 1 to 40 letters and digits; it is '" + epoch + "'.");
        }
        if (number < 0) {
            throw new IllegalArgumentException("An event number is not negative; it is " + number + ".");
        }
    }

    /** Reads what a client sent as its last event id; empty if it is absent or malformed. */
    public static Optional<EventId> parse(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        Matcher matcher = ID.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(new EventId(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /** The id on the wire: at most 59 characters of {@code [A-Za-z0-9-]}. */
    @Override
    public String toString() {
        return epoch + "-" + number;
    }
}
