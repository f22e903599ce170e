package dev.stacked.runtime.app;

import dev.stacked.runtime.app.watch.FatalErrors;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of the app besides the server's own. They are daemons: the server decides how long the process lives. */
final class NamedThreads {
    private NamedThreads() {}

    /** An executor of one thread, whose cancelled timers leave nothing behind. */
    static ScheduledExecutorService loop(String name) {
        return FatalErrors.reportedBy(task -> daemon(name, task));
    }

    /** An executor of a few threads, which get a number behind the name. */
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
