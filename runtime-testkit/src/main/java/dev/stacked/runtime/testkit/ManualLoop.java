package dev.stacked.runtime.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A single-threaded executor that runs its tasks on the thread that advances the {@link ManualTime}. */
final class ManualLoop extends AbstractExecutorService implements ScheduledExecutorService {
    private final ManualTime time;
    private volatile boolean shutdown;

    ManualLoop(ManualTime time) {
        this.time = time;
    }

    ManualTime time() {
        return time;
    }

    @Override
    public void execute(Runnable command) {
        time.submit(newTask(Executors.callable(command), 0, 0));
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return submit(Executors.callable(command), unit.toNanos(delay), 0);
    }

    @Override
    public <V extends @Nullable Object> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return submit(callable, unit.toNanos(delay), 0);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return submit(Executors.callable(command), unit.toNanos(initialDelay), unit.toNanos(requirePositive(period)));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return submit(Executors.callable(command), unit.toNanos(initialDelay), -unit.toNanos(requirePositive(delay)));
    }

    private static long requirePositive(long period) {
        if (period <= 0) {
            throw new IllegalArgumentException("A period must be longer than zero; it is " + period + ".");
        }
        return period;
    }

    private <V extends @Nullable Object> ScheduledFuture<V> submit(Callable<V> body, long delay, long period) {
        ManualTask<V> task = newTask(body, delay, period);
        time.submit(task);
        return task;
    }

    private <V extends @Nullable Object> ManualTask<V> newTask(Callable<V> body, long delay, long period) {
        if (shutdown) {
            throw new RejectedExecutionException("The loop is shut down.");
        }
        return new ManualTask<>(this, body, time.elapsed() + Math.max(0, delay), period);
    }

    @Override
    public void shutdown() {
        shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        List<ManualTask<?>> dropped = time.waitingOf(this);
        dropped.forEach(time::remove);
        return new ArrayList<>(dropped);
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown && time.waitingOf(this).isEmpty();
    }

    /** Returns at once: no task could run during a wait. */
    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isTerminated();
    }
}
