package dev.stacked.runtime.app.options;

import dev.stacked.runtime.app.options.Invocation.Inform;
import dev.stacked.runtime.app.options.Invocation.Serve;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what the app is told: from the command line, else from the environment, else from the file that
 * {@code --config} names, else the option's default.
 */
public final class OptionsParser {
    private final Fallbacks environment;

    /** @param environment the variables to look into, such as {@link System#getenv()} */
    public OptionsParser(Map<String, String> environment) {
        this.environment = Fallbacks.NONE.withEnvironment(environment);
    }

    /**
     * Reads an invocation.
     *
     * @throws InvalidOptionsException if it cannot be followed
     */
    public Invocation parse(String... args) {
        // First alone: help is given whatever the environment holds, and the command line may say where the file is.
        Reading commandLine = Reading.of(args, Fallbacks.NONE);
        Optional<String> information = commandLine.information();
        if (information.isPresent()) {
            return new Inform(information.get());
        }
        Reading everything = Reading.of(args, environment.withFile(file(commandLine)));
        return new Serve(everything.options());
    }

    private ConfigFile file(Reading commandLine) {
        return commandLine
                .config()
                .or(() -> environment.find(Reading.CONFIG))
                .map(config -> ConfigFile.read(config, commandLine.settableInFile()))
                .orElse(ConfigFile.NONE);
    }
}
