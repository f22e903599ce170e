package dev.stacked.runtime.core;

import org.jspecify.annotations.Nullable;

/** A reader's place at its stack, as the stack's event loop sees it. Confined to that loop. */
final class Membership {
    private @Nullable StackLifecycle stack;

    /** Joins a stack. */
    void join(StackLifecycle joined, StackReader reader) {
        stack = joined;
        joined.join(reader);
    }

    /** Leaves the stack; does nothing if the reader has not joined one. */
    void leave(StackReader reader) {
        if (stack != null) {
            stack.leave(reader);
            stack = null;
        }
    }
}
