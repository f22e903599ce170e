package dev.stacked.runtime.core;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Bounds the number of stacks in memory, with readers and without, over all event loops: beyond it the stack that has
 * been without readers for the longest time is dropped. Thread-safe; used only when a stack is created, dropped, or
 * gets its first or loses its last reader.
 */
final class RetainedStacks {
    private final int maxStacks;
    private final Set<StackLifecycle> held = new HashSet<>();
    /** Stacks without readers, the longest unread first. */
    private final Set<StackLifecycle> unread = new LinkedHashSet<>();

    RetainedStacks(int maxStacks) {
        this.maxStacks = maxStacks;
    }

    /** A stack has got its first reader. */
    void read(StackLifecycle stack) {
        Optional<StackLifecycle> surplus;
        synchronized (this) {
            held.add(stack);
            unread.remove(stack);
            surplus = takeSurplus();
        }
        surplus.ifPresent(StackLifecycle::retireSoon);
    }

    /** A stack has lost its last reader. */
    void unread(StackLifecycle stack) {
        Optional<StackLifecycle> surplus;
        synchronized (this) {
            unread.add(stack);
            surplus = takeSurplus();
        }
        surplus.ifPresent(StackLifecycle::retireSoon);
    }

    private Optional<StackLifecycle> takeSurplus() {
        if (held.size() <= maxStacks) {
            return Optional.empty();
        }
        Optional<StackLifecycle> oldest = unread.stream().findFirst();
        oldest.ifPresent(this::remove);
        return oldest;
    }

    /** A stack is dropped. */
    synchronized void remove(StackLifecycle stack) {
        held.remove(stack);
        unread.remove(stack);
    }
}
