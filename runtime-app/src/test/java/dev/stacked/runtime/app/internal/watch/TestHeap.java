package dev.stacked.runtime.app.internal.watch;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A manual heap and clock. */
public final class TestHeap implements Heap {
    final AtomicLong nanoTime = new AtomicLong();
    private volatile double occupancy;
    private final AtomicLong collecting = new AtomicLong();
    private final AtomicInteger collections = new AtomicInteger();
    private final AtomicInteger exhausted = new AtomicInteger();
    private final HeapPressure pressure = new HeapPressure(this, nanoTime::get, exhausted::incrementAndGet);

    public HeapPressure pressure() {
        return pressure;
    }

    /** Lets seconds pass, with a fraction spent on collections, and checks the heap after each. */
    public void stay(double occupancyAfterCollection, int seconds, double collectingShare) {
        occupancy = occupancyAfterCollection;
        for (int second = 0; second < seconds; second++) {
            pressure.check();
            nanoTime.addAndGet(1_000_000_000);
            collecting.addAndGet((long) (collectingShare * 1_000_000_000));
        }
        pressure.check();
    }

    int collections() {
        return collections.get();
    }

    int exhausted() {
        return exhausted.get();
    }

    @Override
    public double occupancyAfterCollection() {
        return occupancy;
    }

    @Override
    public long collectingNanos() {
        return collecting.get();
    }

    @Override
    public void collect() {
        collections.incrementAndGet();
    }
}
