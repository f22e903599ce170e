package dev.stacked.runtime.bench.clients;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * Bytes that all threads have allocated, those that have ended included: what the new generation lost in collections,
 * plus what it holds. Needs a collector with a new generation, such as {@code -XX:+UseSerialGC}.
 */
final class AllocatedBytes implements AutoCloseable, NotificationListener {
    private static final String EDEN = "Eden Space";

    private final LongAdder collected = new LongAdder();
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();

    AllocatedBytes() {
        collectors.forEach(collector -> ((NotificationEmitter) collector).addNotificationListener(this, null, null));
    }

    long sum() {
        return collected.sum()
                + ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getName().equals(EDEN))
                        .mapToLong(pool -> pool.getUsage().getUsed())
                        .sum();
    }

    @Override
    public void handleNotification(Notification notification, Object unused) {
        GcInfo info = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
                .getGcInfo();
        collected.add(used(info.getMemoryUsageBeforeGc()) - used(info.getMemoryUsageAfterGc()));
    }

    private static long used(Map<String, MemoryUsage> pools) {
        MemoryUsage eden = pools.get(EDEN);
        return eden == null ? 0 : eden.getUsed();
    }

    @Override
    public void close() throws ListenerNotFoundException {
        for (GarbageCollectorMXBean collector : collectors) {
            ((NotificationEmitter) collector).removeNotificationListener(this);
        }
    }
}
