package dev.stacked.runtime.app.watch;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the heap is nearly full of what is in use, judged by what garbage collections leave over. Checked by the
 * {@link Watchdog}; may be asked from any thread.
 */
public final class HeapPressure {
    /** What a collection may leave over, of the heap's maximum. */
    static final double LIMIT = 0.9;
    /** How long the heap has to stay above the limit, as a burst may pass. */
    static final Duration PATIENCE = Duration.ofSeconds(10);
    /** A server without load would never collect, and so never see that the heap is free again. */
    static final Duration COLLECTION_INTERVAL = Duration.ofSeconds(30);
    /** Share of time: with more than this for garbage collection, the server does nothing else. */
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
     * A heap that is not looked at yet.
     *
     * @param nanoTime elapsed time, as {@link System#nanoTime()} gives it
     * @param exhausted is called when the heap has stayed above the limit and collections took nearly all the time
     */
    HeapPressure(Heap heap, LongSupplier nanoTime, Runnable exhausted) {
        this.heap = heap;
        this.nanoTime = nanoTime;
        this.exhausted = exhausted;
    }

    /**
     * The heap of this JVM, not looked at yet. When it is exhausted, the process ends.
     *
     * @param nanoTime elapsed time, as {@link System#nanoTime()} gives it
     */
    public static HeapPressure ofJvm(LongSupplier nanoTime) {
        return new HeapPressure(new JvmHeap(), nanoTime, FatalErrors::heapExhausted);
    }

    /** The share of the heap, from 0 to 1, that was in use after the last collection. */
    public double occupancy() {
        return occupancy;
    }

    /** Whether it has stayed above 0.9 for 10 s. */
    public boolean isHigh() {
        return high;
    }

    /** Looks at the heap. Called every second or so. */
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
            LOG.info("The heap has room again");
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
