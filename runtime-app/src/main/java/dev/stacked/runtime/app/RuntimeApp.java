package dev.stacked.runtime.app;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.util.Modules;
import dev.stacked.runtime.app.admin.AdminModule;
import dev.stacked.runtime.app.log.LogOutput;
import dev.stacked.runtime.app.options.AppOptions;
import dev.stacked.runtime.app.options.AppVersion;
import dev.stacked.runtime.app.options.InvalidOptionsException;
import dev.stacked.runtime.app.options.Invocation;
import dev.stacked.runtime.app.options.OptionsParser;
import dev.stacked.runtime.app.options.TransportName;
import dev.stacked.runtime.app.options.UpstreamSource;
import dev.stacked.runtime.app.watch.FatalErrors;
import dev.stacked.runtime.demo.DemoUpstream;
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
        // Guice's own choice is sun.misc.Unsafe, of which newer JDKs warn on standard error.
        System.getProperties().putIfAbsent("guice_custom_class_loading", "CHILD");
        System.getProperties().putIfAbsent(TlsListener.REJECT_RENEGOTIATION, "true");
    }

    private RuntimeApp() {}

    /**
     * Starts the app and says on standard output where it listens. It stops when the process is told to, or when the
     * returned handle is closed.
     *
     * @param args options, as on the command line
     * @param overrides what to wire in another way, such as
     *     {@code binder -> binder.bind(Reconciler.class).to(MyReconciler.class)}, or on top
     * @throws NotStartedException if it does not serve, whether by fault or because it was asked for its help
     */
    public static RunningApp run(String[] args, Module... overrides) {
        try {
            return start(options(args), overrides);
        } catch (InvalidOptionsException problem) {
            throw NotStartedException.misused(problem);
        }
    }

    private static AppOptions options(String[] args) {
        Invocation invocation = new OptionsParser(System.getenv()).parse(args);
        if (invocation instanceof Invocation.Inform inform) {
            throw NotStartedException.asked(inform.text());
        }
        return ((Invocation.Serve) invocation).options();
    }

    private static RunningApp start(AppOptions options, Module... overrides) {
        FatalErrors.install();
        LogOutput.configure(options.log(), FatalErrors::report);
        ClosingStack closing = new ClosingStack();
        try {
            Injector injector = Guice.createInjector(
                    Modules.override(modules(options, closing)).with(overrides));
            RunningApp app = injector.getInstance(RunningApp.class).start();
            LOG.info("Started {}: {}", AppVersion.text(), options.summary());
            if (options.upstream().source() instanceof UpstreamSource.Demo) {
                tellWhatToTry(app, injector.getInstance(DemoUpstream.class));
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

    private static void tellWhatToTry(RunningApp app, DemoUpstream demo) {
        for (String stack : demo.stackIds()) {
            String segment = URLEncoder.encode(stack, StandardCharsets.UTF_8).replace("+", "%20");
            LOG.info("Try: curl -N {}{}", app.url(), SseModule.ROUTE.replace("{id}", segment));
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
        options.server().transports().forEach(transport -> modules.add(module(transport)));
        return modules;
    }

    private static Module module(TransportName transport) {
        return switch (transport) {
            case SSE -> new SseModule();
            case WEBSOCKET -> new WebSocketModule();
        };
    }
}
