package dev.stacked.runtime.access;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many requests were refused since the start, by reason. Thread-safe. */
public final class Refusals {
    private final Map<RefusalReason, Long> counts = new ConcurrentHashMap<>();

    Refusals() {}

    /** How many were refused for this reason. */
    public long count(RefusalReason reason) {
        return counts.getOrDefault(reason, 0L);
    }

    /** Counts a request that was refused. */
    public void add(RefusalReason reason) {
        counts.merge(reason, 1L, Long::sum);
    }
}
