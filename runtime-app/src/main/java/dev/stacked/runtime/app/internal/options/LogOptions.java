package dev.stacked.runtime.app.internal.options;

import java.util.List;

/**
 * Content and format of the log.
 *
 * @param format how lines are written
 * @param level minimum level
 */
public record LogOptions(Format format, Level level) {
    private static final Option<Format> FORMAT = Option.of(
            "--log-format",
            "text|json",
            Values.choice(Format.class, "must be text or json"),
            "text",
            "Format of log lines.");

    private static final Option<Level> LEVEL = Option.of(
            "--log-level",
            "LEVEL",
            Values.choice(Level.class, "must be error, warn, info, debug or trace"),
            "info",
            "Minimum log level: error, warn, info, debug, trace.");

    static final List<Option<?>> ALL = List.of(FORMAT, LEVEL);

    static LogOptions of(Reading given) {
        return new LogOptions(given.get(FORMAT), given.get(LEVEL));
    }

    /** How log lines are written. */
    public enum Format {
        /** For people: one line with a time, a level, a thread, a logger and a message. */
        TEXT,
        /** For machines: one JSON object per line. */
        JSON
    }

    /** The minimum level of log lines. */
    public enum Level {
        /** Faults of the server. */
        ERROR,
        /** Also what needs attention: outages, clients that misbehave. */
        WARN,
        /** Also the server's life: started, recovered, draining, stopped. */
        INFO,
        /** Also the life of each stream and each poller. */
        DEBUG,
        /** Everything. */
        TRACE
    }
}
