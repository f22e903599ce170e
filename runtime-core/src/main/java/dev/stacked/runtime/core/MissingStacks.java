package dev.stacked.runtime.core;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The stacks of which the upstream has just said that they are not there, so that it is not asked again by everyone who
 * guesses, or keeps coming back. Confined to an event loop.
 */
final class MissingStacks {
    /**
     * However many ask for a stack, the upstream hears of it once in this time. Whoever makes a stack and opens it right
     * away after having looked for it is refused for no longer than a reload takes.
     */
    static final Duration REMEMBERED = Duration.ofSeconds(3);

    /** A few megabytes with the longest ids. Beyond, the oldest are forgotten early. */
    static final int MOST = 10_000;

    private final EventLoop loop;
    /** When each was found missing; the oldest first. */
    private final Map<StackId, Long> missing = new LinkedHashMap<>();

    MissingStacks(EventLoop loop) {
        this.loop = loop;
    }

    void add(StackId id) {
        forgetOld();
        missing.remove(id);
        if (missing.size() >= MOST) {
            missing.remove(missing.keySet().iterator().next());
        }
        missing.put(id, loop.nanoTime());
    }

    boolean contains(StackId id) {
        forgetOld();
        return missing.containsKey(id);
    }

    void remove(StackId id) {
        missing.remove(id);
    }

    int size() {
        return missing.size();
    }

    private void forgetOld() {
        long now = loop.nanoTime();
        Iterator<Long> oldest = missing.values().iterator();
        while (oldest.hasNext() && now - oldest.next() >= REMEMBERED.toNanos()) {
            oldest.remove();
        }
    }
}
