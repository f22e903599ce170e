package dev.stacked.runtime.app.internal.watch;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the process every half second, on a separate thread. */
public final class Watchdog {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final long INTERVAL_MILLIS = 500;

    private final HeapPressure heap;
    private final EventLoops loops;
    private final Pauses pauses;
    private final ScheduledExecutorService thread = new GuardedExecutor(Watchdog::daemon);

    /** Creates a watchdog that is not started. */
    public Watchdog(HeapPressure heap, EventLoops loops, Pauses pauses) {
        this.heap = heap;
        this.loops = loops;
        this.pauses = pauses;
    }

    /** Starts the checks. */
    public Watchdog start() {
        Future<?> unused =
                thread.scheduleWithFixedDelay(this::look, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        return this;
    }

    /** Stops the checks. Idempotent. */
    public void stop() {
        thread.shutdownNow();
    }

    private void look() {
        try {
            pauses.total();
            heap.check();
            loops.check();
        } catch (RuntimeException e) {
            LOG.error("A check of the process failed", e);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "watchdog");
        thread.setDaemon(true);
        return thread;
    }
}
