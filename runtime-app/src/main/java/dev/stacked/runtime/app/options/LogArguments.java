package dev.stacked.runtime.app.options;

import picocli.CommandLine.Option;

/** The options of the log. Picocli sets the fields. */
@SuppressWarnings("NullAway.Init")
final class LogArguments {
    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            defaultValue = "text",
            converter = LogConverter.Format.class,
            description = "How log lines are written. Default: ${DEFAULT-VALUE}.")
    private LogFormat format;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "info",
            converter = LogConverter.Level.class,
            description = "From which weight on: error, warn, info, debug, trace. Default: ${DEFAULT-VALUE}.")
    private LogLevel level;

    LogOptions options() {
        return new LogOptions(format, level);
    }
}
