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
    /** In bytes of JSON. An answer has a few kilobytes at most, and a few times as much when parsed. */
    static final long MAX_TOTAL_BYTES = 32L * 1024 * 1024;

    private final int maxCount;
    private final Map<K, LastAnswer<V>> byRecency = new LinkedHashMap<>(16, 0.75f, true);
    private long totalBytes;

    /** @param maxCount bounds the cost of small answers and long ids */
    LastAnswers(int maxCount) {
        this.maxCount = maxCount;
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
        while (byRecency.size() > maxCount || totalBytes > MAX_TOTAL_BYTES) {
            totalBytes -= oldest.next().body().length;
            oldest.remove();
        }
    }
}
