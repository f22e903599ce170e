package dev.stacked.runtime.app.internal.options;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The sources behind the command line: the environment, then the file. */
final class Fallbacks implements IDefaultValueProvider {
    /** Nothing behind the command line. */
    static final Fallbacks NONE = new Fallbacks(Map.of(), ConfigFile.NONE);

    private static final String PREFIX = "RUNTIME_";

    private final Map<String, String> environment;
    private final ConfigFile file;

    private Fallbacks(Map<String, String> environment, ConfigFile file) {
        this.environment = Map.copyOf(environment);
        this.file = file;
    }

    Fallbacks withEnvironment(Map<String, String> variables) {
        return new Fallbacks(variables, file);
    }

    Fallbacks withFile(ConfigFile read) {
        return new Fallbacks(environment, read);
    }

    /** The setting that counts; empty if the option's default does. */
    Optional<Setting> find(String option) {
        return inEnvironment(option).or(() -> file.find(option));
    }

    /** An empty variable sets nothing: many tools that start processes cannot leave one out. */
    private Optional<Setting> inEnvironment(String option) {
        String variable = variable(option);
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isEmpty())
                .map(value -> new Setting(option, value, "environment variable " + variable));
    }

    private static String variable(String option) {
        return PREFIX + option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /**
     * The variables that begin like an option's, but name none, in order.
     *
     * @param options the names of all options
     */
    List<String> unknownVariables(Collection<String> options) {
        List<String> known = options.stream().map(Fallbacks::variable).toList();
        return environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
                .sorted()
                .map(name -> name
                        + Suggestion.of(name, known)
                                .map(near -> " (did you mean " + near + "?)")
                                .orElse(""))
                .toList();
    }

    /** {@inheritDoc} Only the command line can ask for help: RUNTIME_VERSION often belongs to other software. */
    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        OptionSpec option = (OptionSpec) argument;
        return option.usageHelp() || option.versionHelp()
                ? null
                : find(option.longestName()).map(Setting::value).orElse(null);
    }
}
