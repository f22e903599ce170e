package dev.stacked.runtime.transport.undertow;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The streams that wait for their client, each since when. Thread-safe; reading the age visits all of them. */
final class Stalls {
    private final Map<Object, Long> since = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /** @param nanoTime elapsed time, as {@link System#nanoTime()} gives it */
    Stalls(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The client's socket is full. Does nothing if it is already. */
    void began(Object stream) {
        since.putIfAbsent(stream, nanoTime.getAsLong());
    }

    /** The stream waits no more. Does nothing if it did not. */
    void ended(Object stream) {
        since.remove(stream);
    }

    /** How many streams wait. */
    int count() {
        return since.size();
    }

    /** How long the stream that has waited the longest has waited, in nanoseconds; 0 if none waits. */
    long oldestNanos() {
        long now = nanoTime.getAsLong();
        long oldest =
                since.values().stream().mapToLong(began -> now - began).max().orElse(0);
        return Math.max(0, oldest); // one may have begun since this began
    }
}
