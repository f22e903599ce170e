package dev.stacked.runtime.app;

import dev.stacked.runtime.app.internal.watch.FatalErrors;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** The app's threads except the server's. They are daemons, since the server determines the life of the process. */
final class NamedThreads {
    private NamedThreads() {}

    /** A single-threaded executor that removes cancelled timers at once. */
    static ScheduledExecutorService loop(String name) {
        return FatalErrors.reportedBy(task -> daemon(name, task));
    }

    /** An executor of a few threads with numbered names. */
    static ExecutorService pool(String name, int size) {
        AtomicInteger made = new AtomicInteger();
        return Executors.newFixedThreadPool(size, task -> daemon(name + "-" + made.incrementAndGet(), task));
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
