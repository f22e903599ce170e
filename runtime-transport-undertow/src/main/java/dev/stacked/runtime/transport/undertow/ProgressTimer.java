package dev.stacked.runtime.transport.undertow;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;

/** Runs an action if there is no progress for a given time. Thread-safe; the action runs on the executor. */
final class ProgressTimer {
    private final XnioExecutor executor;
    private final Duration limit;
    private final Runnable action;
    private XnioExecutor.@Nullable Key timer;
    private boolean ended;

    ProgressTimer(XnioExecutor executor, Duration limit, Runnable action) {
        this.executor = executor;
        this.limit = limit;
        this.action = action;
    }

    /** Starts the timer, unless it is running. */
    synchronized void start() {
        if (timer == null && !ended) {
            timer = executor.executeAfter(action, limit.toMillis(), TimeUnit.MILLISECONDS);
        }
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
