package dev.stacked.runtime.access;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The thread that a request and its stream are confined to. It runs tasks one after the other, soon or after a delay.
 * {@link #execute} may be called from any thread.
 */
public interface TimerExecutor extends Executor {
    /**
     * Runs a task on this thread after a delay.
     *
     * @param delay to the millisecond; zero for soon
     * @throws RejectedExecutionException if the thread has stopped
     */
    Timer executeAfter(Duration delay, Runnable task);

    /** A task that has not run yet. */
    @FunctionalInterface
    interface Timer {
        /** Stops the timer. Does nothing if its task has run. Idempotent. */
        void cancel();
    }
}
