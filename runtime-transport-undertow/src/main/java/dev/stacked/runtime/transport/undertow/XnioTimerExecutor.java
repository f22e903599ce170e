package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.access.TimerExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.xnio.XnioExecutor;

/** An I/O thread as access control knows it. Thread-safe. */
record XnioTimerExecutor(XnioExecutor thread) implements TimerExecutor {
    @Override
    public void execute(Runnable task) {
        thread.execute(task);
    }

    @Override
    public Timer executeAfter(Duration delay, Runnable task) {
        return thread.executeAfter(task, delay.toMillis(), TimeUnit.MILLISECONDS)::remove;
    }
}
