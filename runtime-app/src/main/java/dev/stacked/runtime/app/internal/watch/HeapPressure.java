package dev.stacked.runtime.app.internal.watch;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects a heap that is nearly full of live objects, by its occupancy after garbage collections. Checked by the
 * {@link Watchdog}; readable from any thread.
 */
public final class HeapPressure {
    /** Limit of the occupancy after a collection, as a fraction of the heap's maximum. */
    static final double LIMIT = 0.9;
    /** Minimum time above the limit, so that short bursts do not count. */
    static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Interval of requested collections: a server without load would never collect, and so never see free memory. */
    static final Duration COLLECTION_INTERVAL = Duration.ofSeconds(30);
    /** Fraction of time spent on garbage collection above which the server makes no progress. */
    static final double MAX_COLLECTING = 0.9;

    private static final Logger LOG = LoggerFactory.getLogger(HeapPressure.class);

    private final Heap heap;
    private final LongSupplier nanoTime;
    private final Runnable exhausted;
    private volatile double occupancy;
    private volatile boolean high;
    private boolean above;
    private long aboveSince;
    private long lastCollection;
    private long windowStart;
    private long collectingAtStart;

    /**
     * Creates a check of a heap.
     *
     * @param nanoTime elapsed time, like {@link System#nanoTime()}
     * @param exhausted called when the heap has stayed above the limit and collections took nearly all the time
     */
    HeapPressure(Heap heap, LongSupplier nanoTime, Runnable exhausted) {
        this.heap = heap;
        this.nanoTime = nanoTime;
        this.exhausted = exhausted;
    }

    /**
     * Creates a check of this JVM's heap. The process ends when the heap is exhausted.
     *
     * @param nanoTime elapsed time, like {@link System#nanoTime()}
     */
    public static HeapPressure ofJvm(LongSupplier nanoTime) {
        return new HeapPressure(new JvmHeap(), nanoTime, FatalErrors::heapExhausted);
    }

    /** Fraction of the heap in use after the last collection, from 0 to 1. */
    public double occupancy() {
        return occupancy;
    }

    /** Whether the heap has stayed above 0.9 for 10 s. */
    public boolean isHigh() {
        return high;
    }

    /** Checks the heap. Called about every second. */
    synchronized void check() {
        long now = nanoTime.getAsLong();
        occupancy = heap.occupancyAfterCollection();
        if (occupancy <= LIMIT) {
            fallen();
        } else if (!above) {
            above = true;
            aboveSince = now;
            lastCollection = now;
            startWindow(now);
        } else {
            stayed(now);
        }
    }

    private void fallen() {
        above = false;
        if (high) {
            high = false;
            LOG.info("The heap has free space again");
        }
    }

    private void stayed(long now) {
        if (!high && now - aboveSince >= PATIENCE.toNanos()) {
            high = true;
            LOG.warn("The heap is {} % full after collection; not ready for new clients", Math.round(100 * occupancy));
        }
        if (now - windowStart >= PATIENCE.toNanos()) {
            long collecting = heap.collectingNanos() - collectingAtStart;
            if (collecting > MAX_COLLECTING * (now - windowStart)) {
                exhausted.run();
            }
            startWindow(now);
        }
        if (now - lastCollection >= COLLECTION_INTERVAL.toNanos()) {
            heap.collect();
            lastCollection = now;
        }
    }

    private void startWindow(long now) {
        windowStart = now;
        collectingAtStart = heap.collectingNanos();
    }
}
