package dev.stacked.runtime.app.options;

import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of the server's end. Picocli sets the fields. */
@SuppressWarnings("NullAway.Init")
final class DrainArguments {
    @Option(
            names = "--drain-window",
            paramLabel = "DURATION",
            defaultValue = "5s",
            converter = DurationConverter.OrZero.class,
            description = "Time over which streams end when the server stops; 0s: at once. Default: ${DEFAULT-VALUE}.")
    private Duration window;

    DrainOptions options() {
        return new DrainOptions(window);
    }
}
