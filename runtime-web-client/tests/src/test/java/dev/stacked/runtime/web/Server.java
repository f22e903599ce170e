package dev.stacked.runtime.web;

import com.google.inject.Inject;
import dev.stacked.runtime.access.Access;
import dev.stacked.runtime.access.StreamAdmission;
import dev.stacked.runtime.access.StreamAuthorizer;
import dev.stacked.runtime.app.RunningApp;
import dev.stacked.runtime.app.RuntimeApp;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.testkit.ScriptedAccess;
import java.util.ArrayList;
import java.util.List;

/** The app with short intervals and an upstream of the test's. */
final class Server implements AutoCloseable {
    /** So short that a change and a silence both show at once. */
    static final int HEARTBEAT_MILLIS = 400;

    private static final List<String> QUICK =
            List.of("--poll-interval=40ms", "--heartbeat-interval=" + HEARTBEAT_MILLIS + "ms");

    private final ScriptedAccess access = new ScriptedAccess();
    private final Insides insides = new Insides();
    private final RunningApp app;

    Server(Reconciler upstream, int port, String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        QUICK.stream()
                .filter(quick -> arguments.stream().noneMatch(given -> given.startsWith(name(quick))))
                .toList()
                .forEach(arguments::add);
        arguments.add("--port=" + port);
        app = RuntimeApp.run(arguments.toArray(String[]::new), binder -> {
            binder.bind(Reconciler.class).toInstance(upstream);
            binder.bind(StreamAuthorizer.class)
                    .toInstance(request -> access.answer(
                            (principal, expiry) -> Access.allowed(principal),
                            Access::unauthenticated,
                            Access::forbidden));
            binder.requestInjection(insides);
        });
    }

    private static String name(String option) {
        return option.substring(0, option.indexOf('=') + 1);
    }

    String url() {
        return app.url();
    }

    int port() {
        return app.port();
    }

    /** The authorizer's decision; initially everyone may read. */
    ScriptedAccess access() {
        return access;
    }

    /** Number of open streams. */
    int openStreams() {
        return insides.admission.openStreams();
    }

    /** Closes all streams, then the server. */
    @Override
    public void close() {
        app.close();
    }

    private static final class Insides {
        @Inject
        private StreamAdmission admission;
    }
}
