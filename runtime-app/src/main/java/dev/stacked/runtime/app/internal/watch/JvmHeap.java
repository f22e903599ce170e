package dev.stacked.runtime.app.internal.watch;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The heap of this JVM. Only the largest pools, those of old objects, count: a young generation is empty after a
 * collection, and would hide that the old one is full.
 */
final class JvmHeap implements Heap {
    private final List<MemoryPoolMXBean> pools;
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();

    JvmHeap() {
        List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
                .toList();
        long largest =
                heap.stream().mapToLong(pool -> pool.getUsage().getMax()).max().orElse(0);
        this.pools = heap.stream()
                .filter(pool -> pool.getUsage().getMax() == largest)
                .toList();
    }

    @Override
    public double occupancyAfterCollection() {
        double highest = 0;
        for (MemoryPoolMXBean pool : pools) {
            MemoryUsage usage = pool.getCollectionUsage();
            if (usage.getMax() > 0) {
                highest = Math.max(highest, (double) usage.getUsed() / usage.getMax());
            }
        }
        return highest;
    }

    @Override
    public long collectingNanos() {
        long millis = 0;
        for (GarbageCollectorMXBean collector : collectors) {
            millis += Math.max(0, collector.getCollectionTime());
        }
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Override
    public void collect() {
        System.gc();
    }
}
