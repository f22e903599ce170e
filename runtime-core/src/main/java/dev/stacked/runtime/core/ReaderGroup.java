package dev.stacked.runtime.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The readers of one stack on one executor. A change costs one compare-and-set and one task, regardless of the number
 * of readers.
 *
 * <p>The task sweeps over the readers in slices: after {@value #SLICE} of them it queues itself again, so that a stack
 * with many readers does not delay a small one by its whole fan-out. {@link #signal} may be called by any thread; the
 * rest is confined to the executor.
 */
final class ReaderGroup implements Runnable {
    /** At about 10 µs for a write, a slice takes 5 ms. */
    static final int SLICE = 500;

    private static final Logger LOG = LoggerFactory.getLogger(ReaderGroup.class);

    /**
     * The wake-up. In every state but IDLE exactly one task is queued or running.
     *
     * <pre>
     * IDLE ──signal──▶ QUEUED ──sweep begins──▶ SWEEPING ──sweep ends──▶ IDLE
     *                    ▲                         │signal
     *                    └──sweep ends── MISSED ◀──┘
     * </pre>
     */
    enum WakeUp {
        /** Every reader has seen the newest head. */
        IDLE,
        /** A sweep will begin. */
        QUEUED,
        /** A sweep is under way, and every reader will see the newest head. */
        SWEEPING,
        /** Some readers were visited before the newest head was published. */
        MISSED
    }

    private final EventLog log;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private final PollerMeters meters;
    private final AtomicReference<WakeUp> wakeUp = new AtomicReference<>(WakeUp.IDLE);

    /** Confined to the executor, like the fields below. */
    private final List<StackReader> readers = new ArrayList<>();

    /** The next reader to visit; -1 outside of a sweep. */
    private int next = -1;

    private int visited;
    private long sweptTo;
    private long sweepingTo;

    /** @param nanoTime elapsed time, the same as that of the log's events */
    ReaderGroup(EventLog log, Executor executor, LongSupplier nanoTime, PollerMeters meters) {
        this.log = log;
        this.executor = executor;
        this.nanoTime = nanoTime;
        this.meters = meters;
    }

    /** Wakes every reader soon, to read the newest head. */
    void signal() {
        WakeUp before = wakeUp.getAndUpdate(ReaderGroup::signalled);
        if (before == WakeUp.IDLE) {
            queue(this);
        }
    }

    static WakeUp signalled(WakeUp state) {
        return switch (state) {
            case IDLE, QUEUED -> WakeUp.QUEUED;
            case SWEEPING, MISSED -> WakeUp.MISSED;
        };
    }

    private void queue(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("The executor of some readers is shut down", e);
            wakeUp.set(WakeUp.IDLE);
        }
    }

    @Override
    public void run() {
        if (next < 0) {
            wakeUp.set(WakeUp.SWEEPING); // before any reader takes the head: a later signal causes another sweep
            next = readers.size() - 1;
            visited = 0;
            sweepingTo = log.head().number();
        }
        try {
            visitSlice();
        } finally {
            if (next >= 0) {
                queue(this);
            } else {
                endSweep();
            }
        }
    }

    /** Visits from the end: the reader that takes the place of a removed one was visited already. */
    private void visitSlice() {
        for (int left = SLICE; left > 0 && next >= 0; left--) {
            next = Math.min(next, readers.size() - 1);
            if (next >= 0) {
                visited++;
                wake(readers.get(next--));
            }
        }
    }

    private void endSweep() {
        report();
        if (!wakeUp.compareAndSet(WakeUp.SWEEPING, WakeUp.IDLE)) {
            wakeUp.set(WakeUp.QUEUED);
            queue(this);
        }
    }

    private void report() {
        meters.swept(visited);
        LogEntry newest = sweepingTo > sweptTo ? log.entry(sweepingTo) : null;
        sweptTo = sweepingTo;
        if (newest != null) {
            newest.event().createdAtNanos().ifPresent(created -> meters.fannedOut(nanoTime.getAsLong() - created));
        }
    }

    /** A reader whose callback throws is closed; others are not affected. */
    private static void wake(StackReader reader) {
        try {
            reader.wake();
        } catch (RuntimeException e) {
            LOG.error("A reader failed, closing it", e);
            reader.close();
        }
    }

    /**
     * Adds a reader, unless it is closed by then.
     *
     * @param number the newest number of the log when it joined
     */
    void join(StackReader reader, long number) {
        queue(() -> {
            if (!reader.isClosed()) {
                reader.setIndex(readers.size());
                readers.add(reader);
                reader.join(log, this, number);
                wake(reader);
            }
        });
    }

    /** Removes a reader in constant time: the last one takes its place. */
    void remove(StackReader reader) {
        int index = reader.index();
        if (index < 0) {
            return;
        }
        StackReader last = readers.remove(readers.size() - 1);
        if (last != reader) {
            readers.set(index, last);
            last.setIndex(index);
        }
        reader.setIndex(-1);
    }

    /** Calls the action with each reader, on the executor. It must not add or remove readers. */
    void forEach(Consumer<StackReader> action) {
        queue(() -> readers.forEach(action));
    }
}
