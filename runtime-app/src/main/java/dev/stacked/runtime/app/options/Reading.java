package dev.stacked.runtime.app.options;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** One reading of a command line, with what counts where it is silent. */
final class Reading {
    static final String CONFIG = "--config";

    private static final int HELP_OPTIONS_WIDTH = 36;

    private final Arguments arguments = new Arguments();
    private final CommandLine commandLine = new CommandLine(arguments);
    private final Fallbacks fallbacks;

    private Reading(Fallbacks fallbacks) {
        this.fallbacks = fallbacks;
        commandLine.setExpandAtFiles(false).setInterpolateVariables(false).setDefaultValueProvider(fallbacks);
    }

    /** @throws InvalidOptionsException naming the first thing that is wrong */
    static Reading of(String[] args, Fallbacks fallbacks) {
        Reading reading = new Reading(fallbacks);
        try {
            reading.commandLine.parseArgs(args);
        } catch (ParameterException problem) {
            throw Complaint.about(problem, fallbacks);
        }
        return reading;
    }

    /** The help or the version, if that is all that was asked for. */
    Optional<String> information() {
        if (commandLine.isUsageHelpRequested()) {
            commandLine.setInterpolateVariables(true); // for the help's own text; in values ${…} means nothing
            commandLine.setUsageHelpLongOptionsMaxWidth(HELP_OPTIONS_WIDTH);
            return Optional.of(commandLine.getUsageMessage().stripTrailing());
        }
        return commandLine.isVersionHelpRequested()
                ? Optional.of(String.join("\n", commandLine.getCommandSpec().version()))
                : Optional.empty();
    }

    /** What a file was named to read further options from, if one was. */
    Optional<Setting> config() {
        return setting(CONFIG);
    }

    /** The options that such a file may hold. */
    Set<String> settableInFile() {
        return commandLine.getCommandSpec().options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .map(OptionSpec::longestName)
                .filter(option -> !option.equals(CONFIG))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @throws InvalidOptionsException if two options exclude each other, or one lacks another */
    AppOptions options() {
        if (arguments.nameTwoUpstreams()) {
            throw setting("--upstream").orElseThrow().excludes(setting("--demo").orElseThrow());
        }
        arguments.loneTlsOption().ifPresent(option -> {
            throw setting(option).orElseThrow().breaks("must be given together with " + TlsOptions.Files.other(option));
        });
        return arguments.options();
    }

    private Optional<Setting> setting(String option) {
        return commandLine.getParseResult().hasMatchedOption(option)
                ? Optional.of(Setting.onCommandLine(option, written(option)))
                : fallbacks.find(option);
    }

    private String written(String option) {
        return String.join(" ", commandLine.getCommandSpec().findOption(option).originalStringValues());
    }
}
