package dev.stacked.runtime.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The app while it serves. Thread-safe. */
public final class RunningApp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningApp.class);

    private final WebServer server;
    private final Drain drain;
    private final ClosingStack closing;
    private final Thread stopWithProcess = new Thread(this::stop, "shutdown");
    private int port;
    private boolean stopped;

    RunningApp(WebServer server, Drain drain, ClosingStack closing) {
        this.server = server;
        this.drain = drain;
        this.closing = closing;
    }

    RunningApp start() {
        port = closing.add(server, WebServer::stop).start();
        Runtime.getRuntime().addShutdownHook(stopWithProcess);
        System.out.println("Listening on " + url());
        return this;
    }

    /** The URL at which it listens, such as {@code http://127.0.0.1:8080}. */
    public String url() {
        return server.url(port);
    }

    /** The port on which it listens. */
    public int port() {
        return port;
    }

    /** Refuses new streams, ends the open ones and stops all that was started. Idempotent; takes the drain window and a few seconds at most. */
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
            drain.run();
            closing.close();
            LOG.info("Stopped");
        }
    }
}
