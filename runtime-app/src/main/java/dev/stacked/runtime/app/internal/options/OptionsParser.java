package dev.stacked.runtime.app.internal.options;

import dev.stacked.runtime.app.InvalidOptionsException;
import dev.stacked.runtime.app.internal.options.Invocation.Inform;
import dev.stacked.runtime.app.internal.options.Invocation.Serve;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads the options: from the command line, else from the environment, else from the file that {@code --config} names,
 * else the option's default.
 */
public final class OptionsParser {
    private final Fallbacks environment;

    /** @param environment the variables to look into, such as {@link System#getenv()} */
    public OptionsParser(Map<String, String> environment) {
        this.environment = Fallbacks.NONE.withEnvironment(environment);
    }

    /** The name and the version as the jar's manifest has it, such as {@code runtime-app 1.2.3}. */
    public static String version() {
        String version = OptionsParser.class.getPackage().getImplementationVersion();
        return "runtime-app " + Objects.requireNonNullElse(version, "(not packaged)");
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
        return new Serve(AppOptions.of(everything), ignoredVariables());
    }

    private ConfigFile file(Reading commandLine) {
        return commandLine
                .findSetting(Reading.CONFIG)
                .or(() -> environment.find(Reading.CONFIG.name()))
                .map(ConfigFile::read)
                .orElse(ConfigFile.NONE);
    }

    /** Those of the help and the version are no mistake: RUNTIME_VERSION often belongs to other software. */
    private List<String> ignoredVariables() {
        List<String> options = new ArrayList<>(Reading.names());
        options.add("--help");
        options.add("--version");
        return environment.unknownVariables(options);
    }
}
