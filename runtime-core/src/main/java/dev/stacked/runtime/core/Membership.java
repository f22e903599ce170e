package dev.stacked.runtime.core;

import org.jspecify.annotations.Nullable;

/** Links a reader to its stack on the side of the stack's event loop. Confined to that loop. */
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
