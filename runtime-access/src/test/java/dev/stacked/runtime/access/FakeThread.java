package dev.stacked.runtime.access;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A thread whose tasks and timers run when the test says so. */
final class FakeThread implements TimerExecutor {
    private record Waiting(Runnable task, Duration delay) {}

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Waiting> timers = new ArrayList<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Timer executeAfter(Duration delay, Runnable task) {
        Waiting timer = new Waiting(task, delay);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    int timers() {
        return timers.size();
    }

    List<Duration> delays() {
        return timers.stream().map(Waiting::delay).toList();
    }

    void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    /** Runs the timers that are waiting now, as if their time had come. */
    void runTimers() {
        List<Waiting> due = List.copyOf(timers);
        timers.removeAll(due);
        due.forEach(timer -> timer.task().run());
    }
}
