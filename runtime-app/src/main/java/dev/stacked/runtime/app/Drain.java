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
 * Ends all streams in an orderly way: nobody new is admitted, and those who are there get their last bytes, each at a
 * moment of its own within a window, so that they do not all come back at the same time.
 */
final class Drain {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    /** A client has 2 s to close its side after its last bytes; a little more, and it is not waited for. */
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

    /** Returns when the last stream is over, or when it has taken too long. */
    void run() {
        LOG.info("Draining; open streams: {}", admission.openStreams());
        CompletableFuture<Void> drained = admission.drain().toCompletableFuture();
        server.goAway();
        registry.drain(window, random);
        drained.completeOnTimeout(null, window.plus(AFTER_THE_WINDOW).toMillis(), TimeUnit.MILLISECONDS)
                .join();
        LOG.info("Drained; streams that took too long: {}", admission.openStreams());
    }
}
