package dev.stacked.runtime.reconcile.http;

import io.netty.channel.EventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Timers whose tasks run on an event loop. Thread-safe. */
final class Timers {
    private final @Nullable ScheduledExecutorService scheduler;

    /** @param scheduler measures the time; null for the event loops' own timers */
    Timers(@Nullable ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
    }

    /** Runs a task on the loop after a delay. */
    Future<?> schedule(EventLoop loop, Runnable task, long nanos) {
        return scheduler == null
                ? loop.schedule(task, nanos, TimeUnit.NANOSECONDS)
                : scheduler.schedule(() -> loop.execute(task), nanos, TimeUnit.NANOSECONDS);
    }
}
