package dev.stacked.runtime.reconcile.http;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last answers of one route: a cache bounded by count and bytes, which evicts the least recently used. An evicted
 * answer costs one full answer and one parse. Thread-safe; its lock is held for one map access.
 *
 * @param <K> what was asked for
 */
final class LastAnswers<K, V> {
    private final int maxCount;
    private final long maxBytes;
    private final Map<K, LastAnswer<V>> byRecency = new LinkedHashMap<>(16, 0.75f, true);
    private long totalBytes;

    /**
     * @param maxCount bounds the cost of small answers and long ids
     * @param maxBytes of JSON in all; parsed it takes a few times as much
     */
    LastAnswers(int maxCount, long maxBytes) {
        this.maxCount = maxCount;
        this.maxBytes = maxBytes;
    }

    /** The last answer; null if none is kept. */
    synchronized @Nullable LastAnswer<V> of(K key) {
        return byRecency.get(key);
    }

    /** Stores the last answer. */
    synchronized void keep(K key, LastAnswer<V> answer) {
        LastAnswer<V> replaced = byRecency.put(key, answer);
        totalBytes += answer.body().length - (replaced == null ? 0 : replaced.body().length);
        Iterator<LastAnswer<V>> oldest = byRecency.values().iterator();
        while (byRecency.size() > maxCount || totalBytes > maxBytes) {
            totalBytes -= oldest.next().body().length;
            oldest.remove();
        }
    }
}
