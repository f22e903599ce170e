package dev.stacked.runtime.app;

import dev.stacked.runtime.access.StreamAdmission;
import dev.stacked.runtime.core.PollerRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drains all streams: refuses new ones, and ends each open one at its own time within a window, so that clients do not
 * all reconnect at once.
 */
final class Drain {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    /** A client has 2 s to close its side after its last bytes; this is slightly more. */
    private static final Duration AFTER_THE_WINDOW = Duration.ofMillis(2500);

    private final WebServer server;
    private final StreamAdmission admission;
    private final PollerRegistry registry;
    private final Duration window;
    private final RandomGenerator random;

    /** @param random must be thread-safe */
    Drain(
            WebServer server,
            StreamAdmission admission,
            PollerRegistry registry,
            Duration window,
            RandomGenerator random) {
        this.server = server;
        this.admission = admission;
        this.registry = registry;
        this.window = window;
        this.random = random;
    }

    /** Returns when the last stream has ended, or after a time limit. */
    void run() {
        LOG.info("Draining; open streams: {}", admission.openStreams());
        CompletableFuture<Void> drained = admission.drain().toCompletableFuture();
        server.goAway();
        registry.drain(window, random);
        drained.completeOnTimeout(null, window.plus(AFTER_THE_WINDOW).toMillis(), TimeUnit.MILLISECONDS)
                .join();
        LOG.info("Drained; streams still open: {}", admission.openStreams());
    }
}
