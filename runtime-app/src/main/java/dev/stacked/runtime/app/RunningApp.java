package dev.stacked.runtime.app;

import dev.stacked.runtime.app.internal.admin.Readiness;
import dev.stacked.runtime.app.internal.log.LogOutput;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The app while it serves. Thread-safe. */
public final class RunningApp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningApp.class);

    private static final long MAX_ANNOUNCE_MILLIS = 1_000;

    private final WebServer server;
    private final AdminServer adminServer;
    private final Readiness readiness;
    private final Drain drain;
    private final ClosingStack closing;
    private final Thread stopWithProcess = new Thread(this::stop, "shutdown");
    private Optional<String> adminUrl = Optional.empty();
    private int port;
    private boolean stopped;

    RunningApp(WebServer server, AdminServer adminServer, Readiness readiness, Drain drain, ClosingStack closing) {
        this.server = server;
        this.adminServer = adminServer;
        this.readiness = readiness;
        this.drain = drain;
        this.closing = closing;
    }

    RunningApp start() {
        adminUrl = closing.add(adminServer, AdminServer::stop).start();
        port = closing.add(server, WebServer::stop).start();
        Runtime.getRuntime().addShutdownHook(stopWithProcess);
        readiness.serving();
        adminUrl.ifPresent(url -> LOG.info("Metrics, health and pollers are at {}", url));
        announce();
        return this;
    }

    /** Prints the URL on a separate thread, since standard output may be a pipe without a reader. */
    private void announce() {
        Thread printing = new Thread(() -> System.out.println("Listening on " + url()), "announce");
        printing.setDaemon(true);
        printing.start();
        try {
            printing.join(MAX_ANNOUNCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The URL of the server with its base path, without a slash at the end, such as {@code http://127.0.0.1:8080}. */
    public String url() {
        return server.url(port);
    }

    /** The port of the server. */
    public int port() {
        return port;
    }

    /** The URL of the admin server; empty if it is disabled. */
    public Optional<String> adminUrl() {
        return adminUrl;
    }

    /**
     * Refuses new streams, ends the open ones and stops all parts. Takes at most the drain window and a few seconds,
     * plus the time to close an integrator's parts. Idempotent.
     */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(stopWithProcess);
        } catch (IllegalStateException processIsStopping) {
            LOG.debug("The process is stopping", processIsStopping);
        }
        stop();
    }

    private synchronized void stop() {
        if (!stopped) {
            stopped = true;
            readiness.draining();
            drain.run();
            closing.close();
            LOG.info("Stopped");
            LogOutput.flush();
        }
    }
}
