package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.testkit.ManualTime;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A scheduler of manual time for which a test can wait until other threads have scheduled something. */
final class WatchedScheduler extends ScheduledThreadPoolExecutor {
    private final ScheduledExecutorService loop;
    private final Semaphore scheduled = new Semaphore(0);

    WatchedScheduler(ManualTime time) {
        super(0);
        this.loop = time.newLoop();
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        ScheduledFuture<?> task = loop.schedule(command, delay, unit);
        scheduled.release();
        return task;
    }

    /** Waits until this many tasks more have been scheduled. */
    void awaitScheduled(int count) throws InterruptedException {
        assertTrue(scheduled.tryAcquire(count, 30, TimeUnit.SECONDS));
    }

    /** How many tasks have been scheduled for which nobody has waited. */
    int unawaited() {
        return scheduled.availablePermits();
    }
}
