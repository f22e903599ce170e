package dev.stacked.runtime.app.options;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the admin server. Picocli sets the fields. */
@SuppressWarnings("NullAway.Init")
final class AdminArguments {
    @Option(
            names = "--admin-host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            converter = TextConverter.Host.class,
            description = "Interface for metrics, health and pollers. Default: ${DEFAULT-VALUE}.")
    private String host;

    @Option(
            names = "--admin-port",
            paramLabel = "PORT|off",
            converter = AdminPortConverter.class,
            description = "Port for these; 0 takes a free one. Default: " + AdminPort.DEFAULT
                    + ", or a free one if that is taken.")
    private @Nullable AdminPort port;

    AdminOptions options() {
        return new AdminOptions(host, Objects.requireNonNullElseGet(port, AdminPort.DefaultOrFree::new));
    }
}
