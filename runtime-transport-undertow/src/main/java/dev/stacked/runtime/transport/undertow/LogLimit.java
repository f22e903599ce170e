package dev.stacked.runtime.transport.undertow;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Limits how often a line is logged: once in a window for each key, and for a limited number of keys. Thread-safe.
 *
 * @param <K> distinguishes lines
 */
final class LogLimit<K> {
    /** The last line of a key, and how many were left out since. */
    private static final class Line {
        private final long loggedAt;
        private long leftOut;

        private Line(long loggedAt) {
            this.loggedAt = loggedAt;
        }
    }

    private final long windowNanos;
    private final int maxKeys;
    private final LongSupplier nanoTime;
    private final Map<K, Line> lines = new HashMap<>();

    /**
     * @param window the time from one line of a key to the next
     * @param maxKeys how many keys may have a line in one window; lines of other keys are left out
     * @param nanoTime elapsed time, as {@link System#nanoTime()} gives it
     */
    LogLimit(Duration window, int maxKeys, LongSupplier nanoTime) {
        this.windowNanos = window.toNanos();
        this.maxKeys = maxKeys;
        this.nanoTime = nanoTime;
    }

    /** Whether a line may be logged now: how many of its key were left out before it; empty if it must be left out. */
    synchronized OptionalLong admit(K key) {
        long now = nanoTime.getAsLong();
        Line last = lines.get(key);
        if (last != null && !isOver(last, now)) {
            last.leftOut++;
            return OptionalLong.empty();
        }
        if (last == null && lines.size() >= maxKeys) {
            lines.values().removeIf(line -> isOver(line, now));
            if (lines.size() >= maxKeys) {
                return OptionalLong.empty();
            }
        }
        lines.put(key, new Line(now));
        return OptionalLong.of(last == null ? 0 : last.leftOut);
    }

    private boolean isOver(Line line, long now) {
        return now - line.loggedAt >= windowNanos;
    }
}
