package dev.stacked.runtime.core;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The real clocks, threads and random names that a {@link PollerRegistry} uses unless it is given others. */
final class SystemDefaults {
    /** Two, so that the fan-out of one stack does not delay all others. */
    private static final int LOOPS = 2;

    private static final int EPOCH_BITS = 62;

    private SystemDefaults() {}

    static Clock clock() {
        return Clock.systemUTC();
    }

    static LongSupplier nanoTime() {
        return System::nanoTime;
    }

    /** Epochs of up to 12 characters of {@code [a-z0-9]}. They are random, so they differ between processes too. */
    static Supplier<String> epochs() {
        SecureRandom random = new SecureRandom();
        return () -> new BigInteger(EPOCH_BITS, random).toString(Character.MAX_RADIX);
    }

    /** Event loops on daemon threads. */
    static List<ScheduledExecutorService> loops() {
        return IntStream.rangeClosed(1, LOOPS)
                .mapToObj(number -> loop("stack-loop-" + number))
                .toList();
    }

    /** A loop that finishes its queued tasks when it is shut down, but not its timers. */
    private static ScheduledExecutorService loop(String name) {
        ScheduledThreadPoolExecutor loop = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        loop.setRemoveOnCancelPolicy(true);
        loop.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return loop;
    }
}
