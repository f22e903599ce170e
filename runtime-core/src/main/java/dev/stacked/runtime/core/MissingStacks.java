package dev.stacked.runtime.core;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The stacks that the upstream has just reported as missing, so that made-up ids and clients that reconnect do not
 * cause a call each. Confined to an event loop.
 */
final class MissingStacks {
    /**
     * The upstream is called once in this time, regardless of the number of requests. A stack that is created right
     * after it was looked up is refused for no longer than a reload takes.
     */
    static final Duration REMEMBERED = Duration.ofSeconds(3);

    /** A few megabytes with the longest ids. Beyond it the oldest are forgotten early. */
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
