package dev.stacked.runtime.app.internal.watch;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** A single-threaded executor that reports the errors hidden in its futures. */
final class GuardedExecutor extends ScheduledThreadPoolExecutor {
    GuardedExecutor(ThreadFactory threads) {
        super(1, threads);
        setRemoveOnCancelPolicy(true);
        setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    protected void afterExecute(Runnable task, @Nullable Throwable failure) {
        FatalErrors.report(failure);
        if (task instanceof Future<?> future && future.isDone()) {
            FatalErrors.report(failure(future));
        }
    }

    private static @Nullable Throwable failure(Future<?> done) {
        try {
            done.get();
            return null;
        } catch (CancellationException e) {
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
