package dev.stacked.runtime.core.tests;

import dev.stacked.runtime.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The simulated I/O threads of readers. Each runs its tasks in order, at random moments: after a delay, when a task is
 * submitted, and whenever code under test reads the {@link #nanoTime time}, which an event loop does in the middle of
 * its tasks.
 */
final class ReaderThreads {
    private final Random random;
    private final LongSupplier elapsed;
    private final ScheduledExecutorService turns;
    private final List<ReaderThread> threads;
    private boolean prompt;

    ReaderThreads(Random random, ManualTime time) {
        this.random = random;
        this.elapsed = time::nanoTime;
        this.turns = time.newLoop();
        this.threads = Stream.generate(ReaderThread::new).limit(3).toList();
    }

    /** The elapsed time for the code under test; another thread may run during the call. */
    long nanoTime() {
        interleave();
        return elapsed.getAsLong();
    }

    private void interleave() {
        if (random.nextInt(4) == 0) {
            any().runOne();
        }
    }

    ReaderThread any() {
        return threads.get(random.nextInt(threads.size()));
    }

    /** From now on tasks run before the time advances, though possibly late at that moment. */
    void becomePrompt() {
        prompt = true;
    }

    private Duration delay() {
        int delays = prompt ? 0 : random.nextInt(8);
        return switch (delays) {
            case 1, 2 -> Duration.ofMillis(random.nextInt(50));
            case 3 -> Duration.ofMillis(random.nextInt(3000));
            default -> Duration.ZERO;
        };
    }

    /** One thread. */
    final class ReaderThread implements Executor {
        private final Queue<Runnable> tasks = new ArrayDeque<>();
        private boolean running;
        private boolean turnPlanned;

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
            planTurn();
            interleave();
        }

        private void planTurn() {
            if (!turnPlanned) {
                turnPlanned = true;
                Future<?> unused = turns.schedule(this::turn, delay().toNanos(), TimeUnit.NANOSECONDS);
            }
        }

        private void turn() {
            turnPlanned = false;
            runOne();
            if (!tasks.isEmpty()) {
                planTurn();
            }
        }

        /** Runs the next task, unless this thread is in the middle of one. */
        private void runOne() {
            Runnable task = running ? null : tasks.poll();
            if (task != null) {
                running = true;
                try {
                    task.run();
                } finally {
                    running = false;
                }
            }
        }

        boolean isRunning() {
            return running;
        }
    }
}
