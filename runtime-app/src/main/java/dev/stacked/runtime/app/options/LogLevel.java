package dev.stacked.runtime.app.options;

import java.util.Locale;

/** From which weight on the server writes a log line. */
public enum LogLevel {
    /** Faults of the server. */
    ERROR,
    /** Also what needs a look: outages, clients that misbehave. */
    WARN,
    /** Also the server's life: started, recovered, draining, stopped. */
    INFO,
    /** Also the life of each stream and each poller. */
    DEBUG,
    /** All there is. */
    TRACE;

    /** The name as it is written in options, such as {@code info}. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
