package dev.stacked.runtime.app;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.transport.undertow.StreamAdmission;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends all streams in an orderly way: nobody new is admitted, and those who are there get their last bytes. */
final class Drain {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    private static final Duration LONGEST = Duration.ofSeconds(4);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private final StreamAdmission admission;
    private final PollerRegistry registry;

    Drain(StreamAdmission admission, PollerRegistry registry) {
        this.admission = admission;
        this.registry = registry;
    }

    /** Returns when the last stream is over, or when it has taken too long. */
    void run() {
        LOG.info("Draining; open streams: {}", admission.openStreams());
        admission.drain();
        registry.close();
        long start = System.nanoTime();
        while (admission.openStreams() > 0 && System.nanoTime() - start < LONGEST.toNanos()) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
