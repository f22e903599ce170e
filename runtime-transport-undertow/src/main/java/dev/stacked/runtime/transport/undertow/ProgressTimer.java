package dev.stacked.runtime.transport.undertow;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;

/**
 * Runs an action if there is no progress for a given time. Thread-safe; the action runs on the executor.
 *
 * <p>A timer that is late by more than one second starts again: the process or its I/O thread did not run, so the server
 * could not see the progress of clients.
 */
public final class ProgressTimer {
    /** Above what timers of a busy I/O thread are late by. */
    static final Duration MAX_LATENESS = Duration.ofSeconds(1);

    private final XnioExecutor executor;
    private final Duration limit;
    private final Runnable action;
    private final LongSupplier nanoTime;
    private XnioExecutor.@Nullable Key timer;
    private long due;
    private boolean ended;

    /**
     * A timer that is not running.
     *
     * @param executor runs the action
     * @param limit time without progress, to the millisecond
     * @param nanoTime elapsed time, as {@link System#nanoTime()} gives it
     * @param action is called without a lock
     */
    ProgressTimer(XnioExecutor executor, Duration limit, LongSupplier nanoTime, Runnable action) {
        this.executor = executor;
        this.limit = limit;
        this.action = action;
        this.nanoTime = nanoTime;
    }

    /** Starts the timer, unless it is running. */
    public synchronized void start() {
        if (timer == null && !ended) {
            long millis = limit.toMillis();
            due = nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(millis);
            try {
                timer = executor.executeAfter(this::expired, millis, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                ended = true; // the server has stopped, and with it its connections
            }
        }
    }

    private void expired() {
        if (isDue()) {
            action.run();
        }
    }

    private synchronized boolean isDue() {
        if (timer == null) {
            return false; // stopped by another thread
        }
        if (nanoTime.getAsLong() - due > MAX_LATENESS.toNanos()) {
            restart();
            return false;
        }
        return true;
    }

    /** Restarts the timer: there was progress. */
    synchronized void restart() {
        stop();
        start();
    }

    synchronized void stop() {
        if (timer != null) {
            timer.remove();
            timer = null;
        }
    }

    /** Stops the timer for good. Idempotent. */
    public synchronized void end() {
        stop();
        ended = true;
    }
}
