package dev.stacked.runtime.core;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The life cycle of one stack in this process: connects its {@link StackPoller} with its {@link StackStream}. A stack
 * is polled from its first reader to its last; after that its state is retained for a while. Confined to the stack's
 * event loop.
 *
 * <pre>
 * IDLE ──first reader──▶ OPENING ──first poll over, or too slow──▶ OPEN
 *  ▲ │                      │                                        │
 *  │ └─retired, closed─▶ ENDED ◀──┴──────────gone, closed────────────┤
 *  └────────────────────────┴──────────last reader left──────────────┘
 * </pre>
 */
final class StackLifecycle implements StackPoller.Listener {
    private enum State {
        /** No readers, so the stack is not polled. The state is kept until the stack is retired. */
        IDLE,
        /** The first poll is under way; readers wait for it, up to the first-snapshot timeout. */
        OPENING,
        /** Readers start at once. */
        OPEN,
        /** Final: no reader can join any more. */
        ENDED
    }

    /** Holds the stacks. After {@link #retired} or {@link #gone} no reader can join the stack any more. */
    interface Keeper {
        /** The retention time is over, or there is no state to retain. */
        void retired(StackLifecycle stack);

        /** The stack does not exist. */
        void gone(StackLifecycle stack);

        /** The last reader has left; the state is retained. */
        void retained(StackLifecycle stack);

        /** The stack has readers again. */
        void resumed(StackLifecycle stack);
    }

    private final StackId id;
    private final StreamSettings settings;
    private final EventLoop loop;
    private final StackStream stream;
    private final StackPoller poller;
    private final Keeper keeper;
    private State state = State.IDLE;
    private @Nullable Future<?> opening;
    private @Nullable Future<?> retirement;

    StackLifecycle(
            StackId id,
            StreamSettings settings,
            EventLoop loop,
            StackStream stream,
            PollerFactory pollers,
            Keeper keeper) {
        this.id = id;
        this.settings = settings;
        this.loop = loop;
        this.stream = stream;
        this.keeper = keeper;
        this.poller = pollers.create(this);
    }

    /** Creates the poller of a stack. */
    @FunctionalInterface
    interface PollerFactory {
        StackPoller create(StackPoller.Listener listener);
    }

    StackId id() {
        return id;
    }

    void join(StackReader reader) {
        stream.add(reader);
        if (state == State.OPEN) {
            poller.hasten();
        } else if (state == State.IDLE) {
            start();
        }
    }

    void leave(StackReader reader) {
        if (state == State.ENDED) {
            return;
        }
        stream.remove(reader);
        if (stream.isEmpty()) {
            stop();
        }
    }

    private void start() {
        state = State.OPENING;
        cancel(retirement);
        keeper.resumed(this);
        opening = loop.schedule(this::openEarly, settings.firstSnapshotTimeout());
        stream.start(poller::nextPollAt);
        poller.start();
        if (poller.isFresh()) {
            open();
        }
    }

    private void stop() {
        state = State.IDLE;
        cancel(opening);
        poller.stop();
        stream.stop();
        if (poller.isWorthRetaining()) {
            retirement = loop.schedule(this::retire, settings.retain());
            keeper.retained(this);
        } else {
            retire();
        }
    }

    /** Drops the state, unless the stack has readers again by then. May be called by any thread. */
    void retireSoon() {
        loop.execute(this::retire);
    }

    private void retire() {
        if (state == State.IDLE) {
            state = State.ENDED;
            cancel(retirement);
            keeper.retired(this);
        }
    }

    /** The first poll takes too long: streams open with the state that is known. */
    private void openEarly() {
        if (state == State.OPENING) {
            poller.noteLate();
            open();
            poller.publishEarly();
        }
    }

    private void open() {
        state = State.OPEN;
        cancel(opening);
        stream.open();
    }

    @Override
    public void pollEnding() {
        if (state == State.OPENING) {
            open();
        }
    }

    @Override
    public void pollEnded() {
        stream.flush();
    }

    @Override
    public void gone() {
        keeper.gone(this);
        end(StreamEnd.STACK_GONE);
    }

    /** Ends all readers: the server is shutting down. */
    void close() {
        poller.stop();
        end(StreamEnd.DRAINING);
    }

    private void end(StreamEnd reason) {
        state = State.ENDED;
        cancel(opening);
        cancel(retirement);
        stream.end(reason);
    }

    /** Ends each reader at a moment of its own. Polling continues for the others. */
    void drain(Supplier<Duration> moments) {
        stream.drain(moments);
    }

    /** Polls now, or for the next reader: the stack may have changed. */
    void refresh() {
        poller.refresh();
    }

    PollerStatus status() {
        Head head = stream.log().head();
        return poller.status(stream.readers(), eventId(head.tail()), eventId(head.number()));
    }

    private @Nullable EventId eventId(long number) {
        return number == 0 ? null : new EventId(stream.log().epoch(), number);
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
