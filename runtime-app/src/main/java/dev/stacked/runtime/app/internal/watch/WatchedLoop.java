package dev.stacked.runtime.app.internal.watch;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * An event loop whose tasks are timed, and whose tasks' fatal errors are reported. The threads of the executor behind it
 * must be {@link LoopThread}s.
 */
final class WatchedLoop extends AbstractExecutorService implements ScheduledExecutorService {
    private final ScheduledExecutorService loop;

    WatchedLoop(ScheduledExecutorService loop) {
        this.loop = loop;
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(watched(task));
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return loop.schedule(watched(task), delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        return loop.schedule(() -> call(task), delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initialDelay, long period, TimeUnit unit) {
        return loop.scheduleAtFixedRate(watched(task), initialDelay, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initialDelay, long delay, TimeUnit unit) {
        return loop.scheduleWithFixedDelay(watched(task), initialDelay, delay, unit);
    }

    private static Runnable watched(Runnable task) {
        return () -> {
            LoopThread thread = LoopThread.current();
            thread.begins();
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                FatalErrors.report(e);
                throw e;
            } finally {
                thread.ends();
            }
        };
    }

    private static <V> V call(Callable<V> task) throws Exception {
        LoopThread thread = LoopThread.current();
        thread.begins();
        try {
            return task.call();
        } catch (Exception | Error e) {
            FatalErrors.report(e);
            throw e;
        } finally {
            thread.ends();
        }
    }

    @Override
    public void shutdown() {
        loop.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return loop.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return loop.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return loop.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return loop.awaitTermination(timeout, unit);
    }
}
