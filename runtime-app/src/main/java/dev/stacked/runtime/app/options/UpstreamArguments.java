package dev.stacked.runtime.app.options;

import dev.stacked.runtime.reconcile.http.HttpReconcilerSettings;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the upstream. Picocli sets the fields. */
@SuppressWarnings("NullAway.Init")
final class UpstreamArguments {
    @Option(
            names = "--upstream",
            paramLabel = "URL",
            converter = BaseUriConverter.class,
            description = "Base URL of the server that knows the stacks. Required unless --demo is given.")
    private @Nullable URI upstream;

    @Option(
            names = "--demo",
            arity = "0..1",
            paramLabel = "true|false",
            fallbackValue = "true",
            defaultValue = "false",
            converter = SwitchConverter.class,
            description = "Start a built-in upstream on loopback, with stacks that move on by themselves.")
    private boolean demo;

    @Option(
            names = "--stack-path",
            paramLabel = "TEMPLATE",
            defaultValue = HttpReconcilerSettings.DEFAULT_STACK_PATH,
            converter = PathTemplateConverter.Stack.class,
            description = "Upstream path of a stack. Default: ${DEFAULT-VALUE}.")
    private String stackPath;

    @Option(
            names = "--reconcile-path",
            paramLabel = "TEMPLATE",
            defaultValue = HttpReconcilerSettings.DEFAULT_RECONCILE_PATH,
            converter = PathTemplateConverter.Reconcile.class,
            description = "Upstream path that reconciles a stage. Default: ${DEFAULT-VALUE}.")
    private String reconcilePath;

    @Option(
            names = "--upstream-timeout",
            paramLabel = "DURATION",
            defaultValue = "5s",
            converter = DurationConverter.class,
            description = "How long one upstream call may take. Default: ${DEFAULT-VALUE}.")
    private Duration timeout;

    @Option(
            names = "--retry-attempts",
            paramLabel = "N",
            defaultValue = "3",
            converter = WholeNumberConverter.Attempts.class,
            description = "How often one upstream call is tried in all. Default: ${DEFAULT-VALUE}.")
    private int retryAttempts;

    @Option(
            names = "--reconcile-concurrency",
            paramLabel = "N",
            defaultValue = "16",
            converter = WholeNumberConverter.Limit.class,
            description = "Upstream calls under way at once, over all stacks. Default: ${DEFAULT-VALUE}.")
    private int reconcileConcurrency;

    boolean nameTwo() {
        return demo && upstream != null;
    }

    UpstreamOptions options() {
        return new UpstreamOptions(source(), stackPath, reconcilePath, timeout, retryAttempts, reconcileConcurrency);
    }

    private UpstreamSource source() {
        if (upstream != null) {
            return new UpstreamSource.Remote(upstream);
        }
        return demo ? new UpstreamSource.Demo() : new UpstreamSource.Unnamed();
    }
}
