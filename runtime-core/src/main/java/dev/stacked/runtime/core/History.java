package dev.stacked.runtime.core;

import java.util.function.Consumer;

/**
 * Commits the changes of one stack. No reader sees a change before it is committed. Confined to the stack's event loop.
 */
interface History {
    /** Commits a change, then passes it on. Changes are passed on in the order of the calls. */
    void commit(Change change);

    /** Opens the history of a stack. */
    @FunctionalInterface
    interface Factory {
        /**
         * Opens the history of one stack.
         *
         * @param committed receives each change on the stack's event loop once it is committed
         */
        History open(StackId stack, Consumer<Change> committed);
    }

    /** A history in this process's memory: a change is committed at once. */
    static History inMemory(StackId stack, Consumer<Change> committed) {
        return committed::accept;
    }
}
