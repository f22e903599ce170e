package dev.stacked.runtime.reconcile.http;

import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.LongSupplier;

/** The real clocks and the timer thread that an {@link HttpReconciler} uses unless it is given others. */
final class SystemDefaults {
    private SystemDefaults() {}

    static Clock clock() {
        return Clock.systemUTC();
    }

    static LongSupplier nanoTime() {
        return System::nanoTime;
    }

    /** A daemon thread for timers, most of which are cancelled. */
    static ScheduledExecutorService scheduler() {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "upstream-timer");
            thread.setDaemon(true);
            return thread;
        });
        scheduler.setRemoveOnCancelPolicy(true);
        return scheduler;
    }
}
