package dev.stacked.runtime.app.options;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What counts where the command line is silent: the environment, then the file. */
final class Fallbacks implements IDefaultValueProvider {
    /** Nothing behind the command line. */
    static final Fallbacks NONE = new Fallbacks(Map.of(), ConfigFile.NONE);

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

    /** The setting that counts, or none if the option's default does. */
    Optional<Setting> find(String option) {
        return inEnvironment(option).or(() -> file.find(option));
    }

    /** An empty variable sets nothing, as many tools that start processes cannot leave one out. */
    private Optional<Setting> inEnvironment(String option) {
        String variable = "RUNTIME_" + option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isEmpty())
                .map(value -> new Setting(option, value, "environment variable " + variable));
    }

    /** {@inheritDoc} Nobody but the command line can ask for help: RUNTIME_VERSION is often somebody else's. */
    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        OptionSpec option = (OptionSpec) argument;
        return option.usageHelp() || option.versionHelp()
                ? null
                : find(option.longestName()).map(Setting::value).orElse(null);
    }
}
