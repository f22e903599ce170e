package dev.stacked.runtime.app.options;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line as picocli sees it. */
@Command(
        name = "runtime-app",
        header = "Streams what changes in a stack's runtime to any number of clients.%n",
        customSynopsis = "runtime-app (--upstream URL | --demo) [OPTION]...%n",
        sortOptions = false,
        usageHelpWidth = 110,
        versionProvider = AppVersion.class,
        footer = {
            "",
            "Each option can also be an environment variable (RUNTIME_POLL_INTERVAL=2s) or a line of the file",
            "that --config names (poll-interval=2s). The command line counts before the environment, and the",
            "environment before the file. Durations are written 200ms, 2s, 1m or 1h."
        })
final class Arguments {
    @Mixin
    private final UpstreamArguments upstream = new UpstreamArguments();

    @Mixin
    private final ServerArguments server = new ServerArguments();

    @Mixin
    private final TlsArguments tls = new TlsArguments();

    @Mixin
    private final StreamArguments streams = new StreamArguments();

    @Mixin
    private final AccessArguments access = new AccessArguments();

    @Mixin
    private final LimitArguments limits = new LimitArguments();

    @Mixin
    private final DrainArguments drain = new DrainArguments();

    @Mixin
    private final AdminArguments admin = new AdminArguments();

    @Mixin
    private final LogArguments log = new LogArguments();

    @Option(names = "--config", paramLabel = "FILE", description = "UTF-8 file with one key=value per line.")
    @Nullable
    String config;

    @Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
    boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show the version and exit.")
    boolean version;

    boolean nameTwoUpstreams() {
        return upstream.nameTwo();
    }

    Optional<String> loneTlsOption() {
        return tls.loneOption();
    }

    AppOptions options() {
        UpstreamOptions asked = upstream.options();
        ServerOptions listening = server.options();
        LimitOptions limited = limits.options(listening);
        return new AppOptions(
                listening,
                tls.options(),
                asked,
                streams.settings(asked.timeout(), limited.streams().stacks()),
                access.options(),
                limited,
                drain.options(),
                admin.options(),
                log.options());
    }
}
