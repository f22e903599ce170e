package dev.stacked.runtime.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Time that stands still until a test moves it.
 *
 * <p>Provides a {@link #clock}, a {@link #nanoTime} and event loops ({@link #newLoop}) that share this time. Tasks of
 * the loops run only within {@link #advance} and {@link #runReady}, on the calling thread. They run in order of their
 * due times across all loops; tasks with the same due time run in order of submission. Nothing sleeps. An exception of
 * a task is rethrown by the call that ran it.
 *
 * <p>Tasks may be submitted from any thread; only one thread at a time may advance the time.
 */
public final class ManualTime {
    /** The time of day at which every manual time starts. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Overflows soon, as elapsed time may, so that code which compares instead of subtracting fails. */
    private static final long NANO_TIME_AT_START =
            Long.MAX_VALUE - Duration.ofSeconds(3).toNanos();

    private static final int MAX_TASKS_AT_ONE_MOMENT = 1_000_000;

    private final PriorityQueue<ManualTask<?>> waiting = new PriorityQueue<>();
    private final Clock clock = new ManualClock(ZoneOffset.UTC);
    private long elapsed;
    private Duration clockAhead = Duration.ZERO;
    private long submitted;
    private boolean moving;

    /** Time of day; it runs with {@link #nanoTime} until it is {@link #setClock set}. */
    public Clock clock() {
        return clock;
    }

    /** Elapsed nanoseconds from an arbitrary origin, like {@link System#nanoTime()}. */
    public synchronized long nanoTime() {
        return NANO_TIME_AT_START + elapsed;
    }

    /** The time of day. */
    public synchronized Instant now() {
        return START.plusNanos(elapsed).plus(clockAhead);
    }

    /**
     * Sets the time of day as people or NTP do it: elapsed time and the timers of the loops are not affected.
     *
     * @param ahead how far the time of day is ahead of the time that has elapsed since {@link #START}; negative if it
     *     is behind
     */
    public synchronized void setClock(Duration ahead) {
        clockAhead = ahead;
    }

    /** Creates a single-threaded executor on this time. */
    public ScheduledExecutorService newLoop() {
        return new ManualLoop(this);
    }

    /** Runs all tasks that are due now, including those that they submit for now. */
    public void runReady() {
        advance(Duration.ZERO);
    }

    /**
     * Advances the time, and runs each task on the way at its due time.
     *
     * @throws IllegalArgumentException if the duration is negative
     * @throws IllegalStateException if a task advances the time itself, or if tasks at one moment never end
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("The duration must not be negative; it is " + duration + ".");
        }
        long target = beginMove(duration);
        try {
            runAllUntil(target);
        } finally {
            endMove();
        }
    }

    private synchronized long beginMove(Duration duration) {
        if (moving) {
            throw new IllegalStateException("A task must not advance the time.");
        }
        moving = true;
        return elapsed + duration.toNanos();
    }

    private synchronized void endMove() {
        moving = false;
    }

    private void runAllUntil(long target) {
        long moment = elapsed;
        int tasks = 0;
        for (ManualTask<?> task = nextUntil(target); task != null; task = nextUntil(target)) {
            tasks = moment == elapsed ? tasks + 1 : 0;
            moment = elapsed;
            if (tasks > MAX_TASKS_AT_ONE_MOMENT) {
                throw new IllegalStateException("Tasks due at " + now() + " never end.");
            }
            task.runNow();
        }
    }

    private synchronized @Nullable ManualTask<?> nextUntil(long target) {
        ManualTask<?> next = waiting.peek();
        if (next == null || next.due() > target) {
            elapsed = target;
            return null;
        }
        elapsed = Math.max(elapsed, next.due());
        return waiting.poll();
    }

    /** Number of pending tasks of all loops. */
    public synchronized int waitingTasks() {
        return waiting.size();
    }

    synchronized long elapsed() {
        return elapsed;
    }

    synchronized void submit(ManualTask<?> task) {
        task.setSequence(submitted++);
        waiting.add(task);
    }

    synchronized void remove(ManualTask<?> task) {
        waiting.remove(task);
    }

    synchronized List<ManualTask<?>> waitingOf(ManualLoop loop) {
        List<ManualTask<?>> tasks = new ArrayList<>(waiting);
        tasks.removeIf(task -> task.loop() != loop);
        return tasks;
    }

    private final class ManualClock extends Clock {
        private final ZoneId zone;

        ManualClock(ZoneId zone) {
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new ManualClock(other);
        }

        @Override
        public Instant instant() {
            return now();
        }
    }
}
