package dev.stacked.runtime.app.internal.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loops of the app, with detection of blocked ones. A backend that blocks its calling thread stops every
 * stack of that loop. Thread-safe, except {@link #check}.
 */
public final class EventLoops {
    /** A loop counts as blocked when a task takes longer; ordinary tasks take microseconds. */
    static final Duration LIMIT = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(EventLoops.class);

    /**
     * A blocked loop.
     *
     * @param loop name of its thread
     * @param stack the stack of the current backend call; null if there is no such call
     * @param busy duration of its current task so far
     */
    public record Blocked(String loop, @Nullable String stack, Duration busy) {}

    private final LongSupplier nanoTime;
    private final List<LoopThread> threads = new ArrayList<>();
    /** The reported loops, with the duration of their block at the last check. */
    private final Map<LoopThread, Long> reported = new HashMap<>();

    /** @param nanoTime elapsed time, like {@link System#nanoTime()} */
    public EventLoops(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Makes the threads of loops, named with the prefix and a number from 1. */
    public ThreadFactory threads(String prefix) {
        AtomicInteger made = new AtomicInteger();
        return work -> {
            LoopThread thread = new LoopThread(prefix + "-" + made.incrementAndGet(), work, this);
            synchronized (threads) {
                threads.add(thread);
            }
            return thread;
        };
    }

    /** The same loop with its tasks watched. Its thread must be one of {@link #threads(String)}. */
    public static ScheduledExecutorService watched(ScheduledExecutorService loop) {
        return new WatchedLoop(loop);
    }

    /**
     * Stops all loops after their queued tasks, but without their timers. Threads of a loop that stays blocked are
     * interrupted after 1 s.
     *
     * @param loops those of this object's threads
     * @param shutdown lets them end
     */
    public void stop(List<? extends ExecutorService> loops, Runnable shutdown) {
        shutdown.run();
        boolean interrupted = false;
        for (ExecutorService loop : loops) {
            try {
                if (!interrupted && !loop.awaitTermination(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                    threads().forEach(Thread::interrupt);
                }
            } catch (InterruptedException e) {
                interrupted = true;
                threads().forEach(Thread::interrupt);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Longest duration of a current task over all loops, in nanoseconds. */
    public long longestBusyNanos() {
        return threads().stream().mapToLong(LoopThread::busyNanos).max().orElse(0);
    }

    /** The loop that has been blocked longest; empty if no loop is blocked. */
    public Optional<Blocked> blocked() {
        LoopThread slowest = null;
        long longest = LIMIT.toNanos();
        for (LoopThread thread : threads()) {
            long busy = thread.busyNanos();
            if (busy >= longest) {
                slowest = thread;
                longest = busy;
            }
        }
        return slowest == null
                ? Optional.empty()
                : Optional.of(new Blocked(slowest.getName(), slowest.stack(), Duration.ofNanos(longest)));
    }

    /** Logs once when a loop blocks, and once when it runs again. Called by one thread. */
    void check() {
        for (LoopThread thread : threads()) {
            long busy = thread.busyNanos();
            Long before = reported.get(thread);
            if (before != null && busy < before) {
                reported.remove(thread);
                LOG.info(
                        "Event loop {} is running again; blocked for at least {} ms", thread.getName(), millis(before));
            } else if (before != null) {
                reported.put(thread, busy);
            } else if (busy >= LIMIT.toNanos()) {
                reported.put(thread, busy);
                LOG.warn(
                        "Event loop {} is blocked for {} ms{}",
                        thread.getName(),
                        millis(busy),
                        where(thread),
                        at(thread));
            }
        }
    }

    private static String where(LoopThread thread) {
        String stack = thread.stack();
        return stack == null ? "" : " by the backend, called for stack " + stack;
    }

    /** The loop's current stack trace. */
    private static Throwable at(LoopThread thread) {
        Throwable place = new Throwable("The loop is here");
        place.setStackTrace(thread.getStackTrace());
        return place;
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }

    private List<LoopThread> threads() {
        synchronized (threads) {
            threads.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
            return List.copyOf(threads);
        }
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }
}
