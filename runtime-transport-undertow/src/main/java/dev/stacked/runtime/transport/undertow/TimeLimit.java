package dev.stacked.runtime.transport.undertow;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.xnio.XnioExecutor;

/**
 * How long something may take, without pauses of the process.
 *
 * @param duration the limit, to the millisecond
 * @param nanoTime elapsed time, as {@link System#nanoTime()} gives it
 */
public record TimeLimit(Duration duration, LongSupplier nanoTime) {
    /**
     * A timer that is not running.
     *
     * @param executor runs the action
     * @param expired the action; is called without a lock
     */
    public ProgressTimer timer(XnioExecutor executor, Runnable expired) {
        return new ProgressTimer(executor, duration, nanoTime, expired);
    }
}
