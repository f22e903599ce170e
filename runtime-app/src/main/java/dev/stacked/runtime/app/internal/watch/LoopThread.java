package dev.stacked.runtime.app.internal.watch;

import org.jspecify.annotations.Nullable;

/** The thread of an event loop, with the duration and the stack of its current task. Reads are thread-safe. */
final class LoopThread extends Thread {
    private static final long IDLE = 0;

    private final EventLoops loops;
    private volatile long busySince = IDLE;
    private volatile @Nullable String stack;

    LoopThread(String name, Runnable work, EventLoops loops) {
        super(work, name);
        this.loops = loops;
        setDaemon(true);
    }

    /**
     * The current thread.
     *
     * @throws IllegalStateException if it is not the thread of an event loop
     */
    static LoopThread current() {
        if (Thread.currentThread() instanceof LoopThread loop) {
            return loop;
        }
        throw new IllegalStateException("This is no thread of an event loop.");
    }

    /** A task begins. */
    void begins() {
        long now = loops.nanoTime();
        busySince = now == IDLE ? 1 : now;
    }

    /** The task has ended. */
    void ends() {
        busySince = IDLE;
    }

    /** Nanoseconds since the current task began; 0 without one. */
    long busyNanos() {
        long since = busySince;
        return since == IDLE ? 0 : Math.max(0, loops.nanoTime() - since);
    }

    /** @param newStack the stack of the current backend call; null after its return */
    void calls(@Nullable String newStack) {
        stack = newStack;
    }

    /** The stack of the current backend call. */
    @Nullable
    String stack() {
        return stack;
    }
}
