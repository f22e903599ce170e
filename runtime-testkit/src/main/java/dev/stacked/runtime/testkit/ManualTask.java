package dev.stacked.runtime.testkit;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A task of a {@link ManualLoop}. */
final class ManualTask<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {
    private final ManualLoop loop;
    private final long period;
    private long due;
    private long sequence;

    /**
     * @param due elapsed time at which the task runs
     * @param period nanoseconds until the next run, counted from the last due time if positive, from the end of the run
     *     if negative; 0 for a single run
     */
    ManualTask(ManualLoop loop, Callable<V> body, long due, long period) {
        super(body);
        this.loop = loop;
        this.due = due;
        this.period = period;
    }

    ManualLoop loop() {
        return loop;
    }

    long due() {
        return due;
    }

    void setSequence(long sequence) {
        this.sequence = sequence;
    }

    /** Runs the task and rethrows its exception. */
    void runNow() {
        if (!isPeriodic()) {
            run();
        } else if (runAndReset()) {
            due = period > 0 ? due + period : loop.time().elapsed() - period;
            loop.time().submit(this);
            return;
        }
        rethrow();
    }

    private void rethrow() {
        try {
            get();
        } catch (CancellationException e) {
            return; // cancelled
        } catch (InterruptedException e) {
            throw new IllegalStateException("A task that is done was waited for.", e);
        } catch (ExecutionException e) {
            throw ManualTask.<RuntimeException>unchecked(Objects.requireNonNull(e.getCause()));
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // rethrows the task's exception as it is
    private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        loop.time().remove(this);
        return super.cancel(mayInterruptIfRunning);
    }

    @Override
    public boolean isPeriodic() {
        return period != 0;
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(due - loop.time().elapsed(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        if (other instanceof ManualTask<?> task) {
            int byDue = Long.compare(due, task.due);
            return byDue != 0 ? byDue : Long.compare(sequence, task.sequence);
        }
        return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
}
