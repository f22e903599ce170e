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
 * <p>A timer that is late by more than {@link #MAX_LATENESS} starts again: the process or its I/O thread did not run, so
 * the server could not see the progress of clients.
 */
final class ProgressTimer {
    /** Above what timers of a busy I/O thread are late by. */
    static final Duration MAX_LATENESS = Duration.ofSeconds(1);

    private final XnioExecutor executor;
    private final Duration limit;
    private final Runnable action;
    private final LongSupplier nanoTime;
    private XnioExecutor.@Nullable Key timer;
    private long due;
    private boolean ended;

    ProgressTimer(XnioExecutor executor, Duration limit, Runnable action) {
        this(executor, limit, action, System::nanoTime);
    }

    /** @param nanoTime elapsed time, as {@link System#nanoTime()} gives it */
    ProgressTimer(XnioExecutor executor, Duration limit, Runnable action, LongSupplier nanoTime) {
        this.executor = executor;
        this.limit = limit;
        this.action = action;
        this.nanoTime = nanoTime;
    }

    /** Starts the timer, unless it is running. */
    synchronized void start() {
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
        if (!startAgainIfLate()) {
            action.run();
        }
    }

    private synchronized boolean startAgainIfLate() {
        if (nanoTime.getAsLong() - due <= MAX_LATENESS.toNanos()) {
            return false;
        }
        restart();
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

    /** Stops the timer for good. */
    synchronized void end() {
        stop();
        ended = true;
    }
}
