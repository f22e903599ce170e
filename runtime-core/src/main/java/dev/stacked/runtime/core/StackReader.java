package dev.stacked.runtime.core;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's reader of a stack: a position in its log, without a queue and without a thread. For transports; library
 * users get the same events from {@link PollerRegistry#stream(StackId) a publisher}.
 *
 * <p>Confined to the executor that it was created with, which runs its callback when the stream may have opened, have
 * events, or have ended. A reader that does not {@link #poll} delays no other: events that it has not taken are
 * conflated to the newest state.
 *
 * <pre>
 * WAITING ──the stack's log opens──▶ OPEN
 *    └───────────▶ CLOSED ◀───────────┘   by close()
 * </pre>
 */
public final class StackReader {
    private static final Logger LOG = LoggerFactory.getLogger(StackReader.class);

    private enum State {
        /** The stack's first poll is under way. */
        WAITING,
        /** Events can be taken. */
        OPEN,
        /** The client has left, or the stream was closed. */
        CLOSED
    }

    private final Executor executor;
    private @Nullable Runnable ready;
    private final Optional<EventId> lastEventId;
    private final PollerMeters meters;
    private final Consumer<StackReader> left;
    private final Membership membership = new Membership();
    private volatile boolean leaving;
    private State state = State.WAITING;
    private @Nullable EventLog log;
    private @Nullable ReaderGroup group;
    private @Nullable LogCursor cursor;
    private long joinedAt;
    private @Nullable StreamEnd end;
    private int index = -1;

    /**
     * @param ready runs on the executor
     * @param left called once, on the executor, when the reader is closed
     */
    StackReader(
            Executor executor,
            Runnable ready,
            Optional<EventId> lastEventId,
            PollerMeters meters,
            Consumer<StackReader> left) {
        this.executor = executor;
        this.ready = ready;
        this.lastEventId = lastEventId;
        this.meters = meters;
        this.left = left;
    }

    Executor executor() {
        return executor;
    }

    /** This reader's place at its stack; confined to the stack's event loop. */
    Membership membership() {
        return membership;
    }

    /**
     * Begins to read.
     *
     * @param number the newest number of the log when the reader joined
     */
    void join(EventLog stackLog, ReaderGroup readers, long number) {
        log = stackLog;
        group = readers;
        joinedAt = number;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    /** Whether the reader is closed or about to be. May be called by any thread. */
    boolean isLeaving() {
        return leaving;
    }

    /** Closes the reader on its executor. May be called by any thread. */
    void closeSoon() {
        leaving = true;
        run(this::close);
    }

    /** The place in the group's list; -1 outside. */
    int index() {
        return index;
    }

    void setIndex(int place) {
        index = place;
    }

    /** Opens the reader if its log is open, and runs the callback. */
    void wake() {
        if (state == State.CLOSED) {
            return;
        }
        if (state == State.WAITING && log != null && log.head().isOpen()) {
            state = State.OPEN;
            cursor = cursor(log, log.head());
        }
        if (ready != null) {
            ready.run();
        }
    }

    private LogCursor cursor(EventLog opened, Head head) {
        long position = Math.max(joinedAt, head.openedAt());
        return lastEventId
                .map(last -> LogCursor.resumed(opened, meters, head, position, last))
                .orElseGet(() -> LogCursor.fresh(opened, meters, head, position));
    }

    /** Ends this reader after the events that are due. May be called by any thread. */
    void finish(StreamEnd reason) {
        run(() -> {
            if (end == null) {
                end = reason;
            }
            wake();
        });
    }

    /** Runs a task on this reader's executor; drops it once that is shut down. */
    void run(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("Task dropped: the reader's executor is shut down");
        }
    }

    /** Whether the stream has opened: the stack exists, or its upstream has not answered in time. */
    public boolean isOpen() {
        return state == State.OPEN;
    }

    /** Whether {@link #poll} has an event. Allocates nothing. */
    public boolean isDue() {
        return state == State.OPEN && cursor != null && cursor.isDue();
    }

    /** Takes the next event that is due; null if none. */
    public @Nullable EncodedEvent poll() {
        return poll(Integer.MAX_VALUE);
    }

    /**
     * Takes the next event that is due, unless it is large.
     *
     * @param room maximum size of its JSON in bytes
     * @return null if no event is due, or if the next one is larger
     */
    public @Nullable EncodedEvent poll(int room) {
        return state == State.OPEN && cursor != null ? cursor.poll(room) : null;
    }

    /**
     * The reason why the stream has ended; null while it has not, and while events are due before its end. A stream
     * that ends without having opened is refused: its stack does not exist, or the server is shutting down.
     */
    public @Nullable StreamEnd end() {
        if (state == State.CLOSED) {
            return null;
        }
        if (log == null) {
            return end;
        }
        Head head = log.head(); // one head for both: an event that comes with the end is due before it
        if (cursor != null && cursor.isDue(head)) {
            return null;
        }
        return end == null ? head.end() : end;
    }

    /** Leaves the stack. The callback is not run any more. Idempotent. */
    public void close() {
        if (state != State.CLOSED) {
            leaving = true;
            state = State.CLOSED;
            if (group != null) {
                group.remove(this);
                group = null;
            }
            log = null;
            cursor = null;
            ready = null; // the executor may hold its last task, and with it this reader, until it runs the next
            left.accept(this);
        }
    }
}
