package dev.stacked.runtime.core;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Keys that are remembered until a moment. Their number is bounded: beyond it those that were added first are forgotten
 * early. Not thread-safe.
 */
final class Deadlines<K> {
    private final int maxSize;
    private final LongSupplier nanoTime;
    /** Ticker times; those that were added first come first. */
    private final Map<K, Long> until = new LinkedHashMap<>();

    Deadlines(int maxSize, LongSupplier nanoTime) {
        this.maxSize = maxSize;
        this.nanoTime = nanoTime;
    }

    /** Remembers a key for this long from now on, whatever was remembered of it before. */
    void put(K key, Duration duration) {
        forgetExpired();
        until.remove(key);
        if (until.size() >= maxSize) {
            until.remove(until.keySet().iterator().next());
        }
        until.put(key, nanoTime.getAsLong() + duration.toNanos());
    }

    /** For how long the key is still remembered; zero if it is not. */
    Duration left(K key) {
        Long moment = until.get(key);
        long left = moment == null ? 0 : moment - nanoTime.getAsLong();
        if (left > 0) {
            return Duration.ofNanos(left);
        }
        until.remove(key);
        return Duration.ZERO;
    }

    boolean contains(K key) {
        return !left(key).isZero();
    }

    void remove(K key) {
        until.remove(key);
    }

    int size() {
        return until.size();
    }

    /** Forgets the keys at the front that have expired. Others that have are forgotten once they are at the front. */
    private void forgetExpired() {
        long now = nanoTime.getAsLong();
        Iterator<Long> oldest = until.values().iterator();
        while (oldest.hasNext() && oldest.next() - now <= 0) {
            oldest.remove();
        }
    }
}
