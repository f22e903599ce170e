package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.core.EncodedEvent;
import java.util.IdentityHashMap;

/** The sizes of the states that answers hold. A state that several answers share counts once. Thread-safe. */
final class StateSizes {
    private final IdentityHashMap<EncodedEvent, Integer> holders = new IdentityHashMap<>();

    /**
     * Adds an answer that holds this state.
     *
     * @return the bytes by which the size grows
     */
    synchronized int add(EncodedEvent state) {
        return holders.merge(state, 1, Integer::sum) == 1 ? state.size() : 0;
    }

    /**
     * Removes an answer that held this state.
     *
     * @return the bytes by which the size shrinks
     */
    synchronized int remove(EncodedEvent state) {
        Integer left = holders.computeIfPresent(state, (same, count) -> count == 1 ? null : count - 1);
        return left == null ? state.size() : 0;
    }

    /** Size of the largest state; 0 without states. */
    synchronized int largest() {
        return holders.keySet().stream().mapToInt(EncodedEvent::size).max().orElse(0);
    }
}
