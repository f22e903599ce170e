package dev.stacked.runtime.app.internal.options;

import dev.stacked.runtime.app.InvalidOptionsException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** One reading of a command line by picocli, with the sources behind it. */
final class Reading {
    static final Option<Optional<String>> CONFIG =
            Option.optional("--config", "FILE", Values.anyText(), "UTF-8 file with one key=value per line.");

    /** In the order of the help. */
    private static final List<Option<?>> OPTIONS = Stream.of(
                    UpstreamOptions.ALL,
                    UpstreamAccessOptions.ALL,
                    ServerOptions.ALL,
                    TlsOptions.Files.ALL,
                    StreamOptions.ALL,
                    AccessOptions.ALL,
                    LimitOptions.ALL,
                    AdminOptions.ALL,
                    LogOptions.ALL,
                    List.<Option<?>>of(CONFIG))
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableList());

    private static final int HELP_WIDTH = 110;
    private static final int HELP_OPTIONS_WIDTH = 36;

    private final CommandSpec spec = spec();
    private final CommandLine commandLine = new CommandLine(spec);
    private final Fallbacks fallbacks;

    private Reading(Fallbacks fallbacks) {
        this.fallbacks = fallbacks;
        commandLine.setExpandAtFiles(false).setInterpolateVariables(false).setDefaultValueProvider(fallbacks);
        commandLine.setUsageHelpLongOptionsMaxWidth(HELP_OPTIONS_WIDTH);
    }

    private static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("runtime-app").version(OptionsParser.version());
        OPTIONS.forEach(option -> spec.addOption(option.spec()));
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help and exit.")
                .build());
        spec.addOption(OptionSpec.builder("--version")
                .versionHelp(true)
                .description("Show the version and exit.")
                .build());
        spec.usageMessage()
                .header("Streams what changes in a stack's runtime to any number of clients.%n")
                .customSynopsis("runtime-app (--upstream URL | --demo) [OPTION]...%n")
                .sortOptions(false)
                .width(HELP_WIDTH)
                .footer(
                        "",
                        "Each option can also be an environment variable (RUNTIME_POLL_INTERVAL=2s) or a line of the file",
                        "that --config names (poll-interval=2s). The command line overrides the environment, and that",
                        "overrides the file. Durations are written 200ms, 2s, 1m or 1h.");
        return spec;
    }

    /** The names of the options that can be set outside of the command line. */
    static List<String> names() {
        return OPTIONS.stream().<String>map(Option::name).toList();
    }

    /** @throws InvalidOptionsException naming the first thing that is wrong */
    static Reading of(String[] args, Fallbacks fallbacks) {
        Reading reading = new Reading(fallbacks);
        try {
            reading.commandLine.parseArgs(args);
        } catch (ParameterException problem) {
            throw reading.explain(problem);
        }
        return reading;
    }

    /** The help or the version, if only that was requested. */
    Optional<String> information() {
        if (commandLine.isUsageHelpRequested()) {
            return Optional.of(commandLine.getUsageMessage().stripTrailing());
        }
        return commandLine.isVersionHelpRequested() ? Optional.of(OptionsParser.version()) : Optional.empty();
    }

    /** The value of an option, or its default. */
    <T> T get(Option<T> option) {
        return option.read(spec.findOption(option.name()));
    }

    /** The setting of an option that is not at its default. */
    Setting setting(Option<?> option) {
        return findSetting(option).orElseThrow(() -> new IllegalStateException(option.name() + " is at its default"));
    }

    /** The setting of an option; empty if its default counts. */
    Optional<Setting> findSetting(Option<?> option) {
        return commandLine.getParseResult().hasMatchedOption(option.name())
                ? Optional.of(Setting.onCommandLine(option.name(), written(option)))
                : fallbacks.find(option.name());
    }

    private String written(Option<?> option) {
        return String.join(" ", spec.findOption(option.name()).originalStringValues());
    }

    private InvalidOptionsException explain(ParameterException problem) {
        if (problem.getCause() instanceof TypeConversionException broken) {
            String option = name(problem.getArgSpec());
            Setting onCommandLine = Setting.onCommandLine(option, problem.getValue());
            return fallbacks.find(option).orElse(onCommandLine).breaks(String.valueOf(broken.getMessage()));
        }
        if (problem instanceof UnmatchedArgumentException unmatched) {
            return unknown(unmatched);
        }
        if (problem instanceof MissingParameterException missing) {
            return new InvalidOptionsException(name(missing.getMissing().get(0)) + " must be followed by a value.");
        }
        if (problem instanceof OverwrittenOptionException repeated) {
            return new InvalidOptionsException(name(repeated.getOverwritten()) + " must be given only once.");
        }
        return new InvalidOptionsException(String.valueOf(problem.getMessage()));
    }

    private InvalidOptionsException unknown(UnmatchedArgumentException unmatched) {
        String argument = unmatched.getUnmatched().get(0);
        if (!unmatched.isUnknownOption()) {
            return new InvalidOptionsException("Unknown argument '%s'; --help lists all options.".formatted(argument));
        }
        int value = argument.indexOf('=');
        String option = value < 0 ? argument : argument.substring(0, value);
        List<String> longNames = spec.optionsMap().keySet().stream()
                .filter(name -> name.startsWith("--"))
                .toList();
        return Suggestion.unknown("option '%s'".formatted(argument), option, longNames);
    }

    private static String name(ArgSpec option) {
        return ((OptionSpec) option).longestName();
    }
}
