package dev.stacked.runtime.app;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import dev.stacked.runtime.app.internal.admin.AdminModule;
import dev.stacked.runtime.app.internal.log.LogOutput;
import dev.stacked.runtime.app.internal.options.AppOptions;
import dev.stacked.runtime.app.internal.options.Invocation;
import dev.stacked.runtime.app.internal.options.OptionsParser;
import dev.stacked.runtime.app.internal.options.ServerOptions;
import dev.stacked.runtime.app.internal.options.UpstreamOptions;
import dev.stacked.runtime.app.internal.watch.FatalErrors;
import dev.stacked.runtime.demo.DemoUpstream;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The app as one call: options in, a serving server out. */
public final class RuntimeApp {
    private static final Logger LOG = LoggerFactory.getLogger(RuntimeApp.class);

    static {
        // By default Guice uses sun.misc.Unsafe, and newer JDKs print a warning about it.
        System.getProperties().putIfAbsent("guice_custom_class_loading", "CHILD");
        System.getProperties().putIfAbsent(TlsListener.REJECT_RENEGOTIATION, "true");
    }

    private RuntimeApp() {}

    /**
     * Runs the app as a command, until the process ends. Meant for a one-line {@code main} method that handles {@code
     * --help} and invalid options like our own: if the app does not start, this prints the information on standard
     * output, or one line with the reason on standard error, and ends the process with the exit code.
     *
     * @param args options, as on the command line
     * @param overrides as in {@link #run}
     */
    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String[] args, Module... overrides) {
        try {
            run(args, overrides);
        } catch (NotStartedException reason) {
            LogOutput.flush();
            PrintStream stream = reason.exitCode() == 0 ? System.out : System.err;
            stream.println(reason.text());
            System.exit(reason.exitCode());
        } catch (RuntimeException bug) {
            LOG.error("The server could not start", bug);
            LogOutput.flush();
            System.exit(NotStartedException.FAILED);
        }
    }

    /**
     * Starts the app and prints its URL on standard output. It stops when the process is terminated, or when the
     * returned handle is closed.
     *
     * @param args options, as on the command line
     * @param overrides modules that override the app's. Their bindings replace ours, such as {@code binder ->
     *     binder.bind(Reconciler.class).to(MyReconciler.class)}; their routes replace those of {@link AppRoutes} with
     *     the same path. Each {@code AutoCloseable} that they bind and the app uses is closed at the end, in reverse
     *     order; executors are shut down.
     * @throws NotStartedException if the app does not start: because of a failure, or because only help was requested
     */
    public static RunningApp run(String[] args, Module... overrides) {
        try {
            return start(invocation(args), overrides);
        } catch (InvalidOptionsException problem) {
            throw NotStartedException.misused(problem);
        }
    }

    private static Invocation.Serve invocation(String[] args) {
        Invocation invocation = new OptionsParser(System.getenv()).parse(args);
        if (invocation instanceof Invocation.Inform inform) {
            throw NotStartedException.asked(inform.text());
        }
        return (Invocation.Serve) invocation;
    }

    private static RunningApp start(Invocation.Serve invocation, Module... overrides) {
        AppOptions options = invocation.options();
        FatalErrors.install();
        LogOutput.configure(options.log(), FatalErrors::report);
        if (!invocation.ignoredVariables().isEmpty()) {
            LOG.warn(
                    "Ignored environment variables that name no option: {}",
                    String.join(", ", invocation.ignoredVariables()));
        }
        ClosingStack closing = new ClosingStack();
        AppParts parts = new AppParts(closing);
        try {
            Injector injector = Guice.createInjector(parts.combine(modules(options, closing), overrides));
            RunningApp app = injector.getInstance(RunningApp.class).start();
            parts.started();
            LOG.info("Started {}: {}", OptionsParser.version(), options.summary());
            if (options.upstream().source() instanceof UpstreamOptions.Source.Demo) {
                logWhatToTry(app, injector.getInstance(DemoUpstream.class));
            }
            return app;
        } catch (RuntimeException e) {
            closing.close();
            LogOutput.flush();
            throw e instanceof ProvisionException && e.getCause() instanceof InvalidOptionsException problem
                    ? problem
                    : e;
        }
    }

    private static void logWhatToTry(RunningApp app, DemoUpstream demo) {
        for (String stack : demo.stackIds()) {
            String segment = URLEncoder.encode(stack, StandardCharsets.UTF_8).replace("+", "%20");
            LOG.info("Try: curl -N {}{}", app.url(), AppRoutes.SSE.replace("{id}", segment));
        }
    }

    private static List<Module> modules(AppOptions options, ClosingStack closing) {
        List<Module> modules = new ArrayList<>();
        modules.add(binder -> {
            binder.bind(AppOptions.class).toInstance(options);
            binder.bind(ClosingStack.class).toInstance(closing);
        });
        modules.addAll(List.of(
                new CoreModule(),
                new HttpReconcileModule(),
                new AccessModule(),
                new StackModule(),
                new WebModule(),
                new MetricsModule(),
                new WatchModule(),
                new AdminModule(),
                new ServerModule()));
        if (options.server().page()) {
            modules.add(new PageModule());
        }
        options.server().transports().forEach(transport -> modules.add(module(transport)));
        return modules;
    }

    private static Module module(ServerOptions.Transport transport) {
        return switch (transport) {
            case SSE -> new SseModule();
            case WEBSOCKET -> new WebSocketModule();
        };
    }
}
