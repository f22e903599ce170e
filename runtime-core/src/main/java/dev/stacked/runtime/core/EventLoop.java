package dev.stacked.runtime.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The single thread that owns the state of some stacks. Tasks run one after the other in the order of {@link #execute};
 * one that throws is logged and does not affect others. Thread-safe.
 */
final class EventLoop implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    private final ScheduledExecutorService executor;
    private final Clock clock;
    private final LongSupplier nanoTime;
    /** Tasks that are queued. An executor that is shut down at once drops its queue without a sign. */
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();

    /**
     * @param executor must have exactly one thread
     * @param nanoTime elapsed time as {@link System#nanoTime()} gives it
     */
    EventLoop(ScheduledExecutorService executor, Clock clock, LongSupplier nanoTime) {
        this.executor = executor;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** Runs a task soon; drops it once the executor is shut down. */
    @Override
    public void execute(Runnable task) {
        try {
            executor.execute(guarded(task));
        } catch (RejectedExecutionException e) {
            LOG.debug("Task dropped: the event loop is shut down");
        }
    }

    /**
     * Runs a task soon, or the other one if the executor is shut down before. Exactly one of them runs, the other one on
     * any thread: at once if the executor rejects the task, and with the next call of this loop if it drops it later.
     */
    void execute(Runnable task, Runnable dropped) {
        Waiting queued = new Waiting(task, dropped);
        waiting.add(queued);
        try {
            execute(queued);
        } catch (Error e) {
            waiting.remove(queued);
            throw e;
        }
        dropIfShutDown();
    }

    /** Computes a value on the loop; fails with a {@link RegistryClosedException} if the executor is shut down. */
    <T> CompletableFuture<T> ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        execute(
                () -> answer.completeAsync(question, Runnable::run),
                () -> answer.completeExceptionally(new RegistryClosedException()));
        return answer;
    }

    /**
     * Checks that tasks still run.
     *
     * @throws RegistryClosedException if the executor is shut down
     */
    void requireRunning() {
        if (dropIfShutDown()) {
            throw new RegistryClosedException();
        }
    }

    /** Fails the tasks that have not run if the executor is shut down, and returns whether it is. */
    boolean dropIfShutDown() {
        boolean shutDown = executor.isShutdown();
        if (shutDown) {
            waiting.forEach(Waiting::drop);
        }
        return shutDown;
    }

    /** A task that runs or is dropped. */
    private final class Waiting implements Runnable {
        private final Runnable task;
        private final Runnable dropped;

        private Waiting(Runnable task, Runnable dropped) {
            this.task = task;
            this.dropped = dropped;
        }

        @Override
        public void run() {
            if (waiting.remove(this)) {
                task.run();
            }
        }

        private void drop() {
            if (waiting.remove(this)) {
                dropped.run();
            }
        }
    }

    /** Runs a task after a delay, unless it is cancelled or the executor is shut down before. */
    Future<?> schedule(Runnable task, Duration delay) {
        try {
            return executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Task dropped: the event loop is shut down");
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Runs a task after a delay, without a way to cancel it. */
    void executeAfter(Runnable task, Duration delay) {
        Future<?> unused = schedule(task, delay);
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("A task of the event loop failed", e);
            } catch (Error e) {
                LOG.error("The event loop is broken", e); // the executor only stores it in a future
                throw e;
            }
        };
    }

    /** The time of day, for people. */
    Instant now() {
        return clock.instant();
    }

    /** Elapsed nanoseconds from some origin, for intervals. */
    long nanoTime() {
        return nanoTime.getAsLong();
    }
}
