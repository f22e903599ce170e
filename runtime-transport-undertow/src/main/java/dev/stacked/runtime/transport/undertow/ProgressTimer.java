package dev.stacked.runtime.transport.undertow;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;

/** Runs an action if something under way makes no progress for a time. Thread-safe; the action runs on the executor. */
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

    /** Begins, or goes on if it has begun. */
    synchronized void start() {
        if (timer == null && !ended) {
            timer = executor.executeAfter(action, limit.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Begins anew. */
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

    /** Stops for good. */
    synchronized void end() {
        stop();
        ended = true;
    }
}
