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
 * <p>Gives a {@link #clock}, a {@link #nanoTime} and event loops ({@link #newLoop}), all of the same time. Tasks of the
 * loops run only within {@link #advance} and {@link #runReady}, on the thread that calls these: in the order in which
 * they are due, those due at the same time in the order in which they were submitted, whichever loop they belong to.
 * Nothing sleeps. A task that throws makes the call that ran it throw the same.
 *
 * <p>Tasks may be submitted from any thread; only one thread at a time may move the time.
 */
public final class ManualTime {
    /** The time of day at which every manual time begins. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Soon overflows, as elapsed time may: code that compares instead of subtracting fails. */
    private static final long NANO_TIME_AT_START =
            Long.MAX_VALUE - Duration.ofSeconds(3).toNanos();

    private static final int MAX_TASKS_AT_ONE_MOMENT = 1_000_000;

    private final PriorityQueue<ManualTask<?>> waiting = new PriorityQueue<>();
    private final Clock clock = new ManualClock(ZoneOffset.UTC);
    private long elapsed;
    private long submitted;
    private boolean moving;

    /** Time of day, always the same distance from {@link #START} as {@link #nanoTime} is from its origin. */
    public Clock clock() {
        return clock;
    }

    /** Elapsed nanoseconds from an arbitrary origin, as {@link System#nanoTime()} gives them. */
    public synchronized long nanoTime() {
        return NANO_TIME_AT_START + elapsed;
    }

    /** The time of day. */
    public synchronized Instant now() {
        return START.plusNanos(elapsed);
    }

    /** Another single-threaded executor of this time. */
    public ScheduledExecutorService newLoop() {
        return new ManualLoop(this);
    }

    /** Runs all tasks that are due now, and those that these submit for now. */
    public void runReady() {
        advance(Duration.ZERO);
    }

    /**
     * Moves the time on, and stops on the way wherever a task is due.
     *
     * @throws IllegalArgumentException if the duration is negative
     * @throws IllegalStateException if a task moves the time itself, or if tasks at one moment never come to an end
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("Time does not go back; it was asked to by " + duration + ".");
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
            throw new IllegalStateException("The time is being moved: a task must not move it.");
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
                throw new IllegalStateException("Tasks that are due at " + now() + " never come to an end.");
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

    /** How many tasks of all loops wait for their time. */
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
