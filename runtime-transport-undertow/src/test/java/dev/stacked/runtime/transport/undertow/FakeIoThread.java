package dev.stacked.runtime.transport.undertow;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.xnio.XnioExecutor;

/** An I/O thread whose tasks and timers run when the test says so. */
final class FakeIoThread implements XnioExecutor {
    private record Timer(Runnable task, Duration delay) {}

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Timer> timers = new ArrayList<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Key executeAfter(Runnable task, long time, TimeUnit unit) {
        Timer timer = new Timer(task, Duration.ofNanos(unit.toNanos(time)));
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    @Override
    public Key executeAtInterval(Runnable task, long time, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    int timers() {
        return timers.size();
    }

    List<Duration> delays() {
        return timers.stream().map(Timer::delay).toList();
    }

    void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    /** Runs those that are waiting now, as if their time had come. */
    void runTimers() {
        List<Timer> due = List.copyOf(timers);
        timers.removeAll(due);
        due.forEach(timer -> timer.task().run());
    }
}
