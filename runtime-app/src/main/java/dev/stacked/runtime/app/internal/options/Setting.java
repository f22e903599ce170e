package dev.stacked.runtime.app.internal.options;

import dev.stacked.runtime.app.InvalidOptionsException;

/**
 * The value of an option, and where it was set.
 *
 * @param option its name, such as {@code --port}
 * @param value as it was written
 * @param place where it was written, for people; empty for the command line
 */
record Setting(String option, String value, String place) {
    private static final int SHOWN_CHARACTERS = 200;

    /** A setting of the command line. */
    static Setting onCommandLine(String option, String value) {
        return new Setting(option, value, "");
    }

    /** The complaint that this breaks a rule, which goes on after the value: {@code must be …}. */
    InvalidOptionsException breaks(String rule) {
        return new InvalidOptionsException(this + " " + rule + ".");
    }

    /** The complaint that only one of two can be followed. */
    InvalidOptionsException excludes(Setting other) {
        return new InvalidOptionsException("%s and %s exclude each other; give one of them.".formatted(this, other));
    }

    /** For people: option, value and place; without a password and at a limited length. */
    @Override
    public String toString() {
        String harmless = value.replaceAll("//[^/?#]*@", "//***@");
        String shown = harmless.length() <= SHOWN_CHARACTERS ? harmless : harmless.substring(0, SHOWN_CHARACTERS) + "…";
        return "%s '%s'%s".formatted(option, shown, place.isEmpty() ? "" : " (" + place + ")");
    }
}
