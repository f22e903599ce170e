package dev.stacked.runtime.app;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Files that are read again while the server goes on, such as a renewed certificate. */
final class ChangedFiles {
    /** How soon a change is in use at the latest; the files are small. */
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private ChangedFiles() {}

    /**
     * Reads files again and again, on a thread of their own.
     *
     * @param thread its name
     * @param reload reads them, and uses them if they have changed; it never throws, which would end the watch
     * @param closing ends the watch
     */
    static void watch(String thread, Runnable reload, ClosingStack closing) {
        ScheduledExecutorService loop = closing.add(NamedThreads.loop(thread), ExecutorService::shutdownNow);
        long interval = INTERVAL.toMillis();
        closing.add(
                loop.scheduleWithFixedDelay(reload, interval, interval, TimeUnit.MILLISECONDS),
                reloading -> reloading.cancel(false));
    }
}
