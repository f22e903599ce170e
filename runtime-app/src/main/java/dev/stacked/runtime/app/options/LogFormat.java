package dev.stacked.runtime.app.options;

import java.util.Locale;

/** How log lines are written. */
public enum LogFormat {
    /** For people: one line with a time, a level, a thread, a place and a message. */
    TEXT,
    /** For machines: one JSON object per line. */
    JSON;

    /** The name as it is written in options, such as {@code json}. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
