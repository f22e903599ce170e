package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StackReader;
import dev.stacked.runtime.core.tests.ReaderThreads.ReaderThread;
import java.util.Random;
import java.util.concurrent.Executor;

/**
 * A transport's client on its own thread. Reads the log whenever that thread gets its turn, takes none, some or all of
 * the due events, and leaves at any moment. Each connection is on another thread.
 */
final class SimulatedReader extends SimulatedPeer {
    /** Two snapshots, a runtime and a review of each of four stages, one error and one heartbeat. */
    private static final int MAX_OWED = 2 + 4 + 4 + 1 + 1;

    private static final int SMALL_ROOM = 200;

    private final Random random;
    private final ReaderThreads threads;
    private final Executor loop;
    private ReaderThread thread;
    private StackReader reader;
    private boolean leaving;
    private boolean closed = true;
    private boolean held;
    private boolean takesAll;

    /** @param loop runs tasks after those that were submitted to an event loop at the same time */
    SimulatedReader(StackId stack, ReviewOracle oracle, Random random, ReaderThreads threads, Executor loop) {
        super(stack, oracle);
        this.random = random;
        this.threads = threads;
        this.loop = loop;
    }

    @Override
    boolean isConnected() {
        return !leaving && !closed;
    }

    @Override
    boolean isHeld() {
        return held;
    }

    @Override
    void connect(PollerRegistry registry) {
        String lastId = memory.connect();
        thread = threads.any();
        leaving = false;
        closed = false;
        held = true;
        reader = registry.read(stack, lastId, thread, this::wokenUp);
    }

    @Override
    void leave() {
        leaving = true;
        thread.execute(this::close);
    }

    @Override
    void take(int events) {
        onThread(() -> poll(events));
    }

    @Override
    void takeAll() {
        takesAll = true;
        onThread(this::drain);
    }

    private void onThread(Runnable action) {
        StackReader present = reader;
        thread.execute(() -> {
            if (reader == present && !closed) {
                action.run();
                endIfOver();
            }
        });
    }

    private void wokenUp() {
        assertTrue(thread.isRunning(), "Woken up on another thread.");
        assertTrue(!closed, "Woken up after closing.");
        if (reader.isOpen()) {
            memory.opened();
        }
        switch (takesAll ? 0 : random.nextInt(12)) {
            case 1 -> close();
            case 2, 3, 4 -> poll(random.nextInt(4));
            case 5, 6 -> {}
            default -> drain();
        }
        endIfOver();
    }

    /** Few events are due however long the reader paused, unless it resumes. */
    private void drain() {
        int taken = 0;
        while (pollOne()) {
            taken++;
        }
        assertTrue(!reader.isDue(), "Due after everything was taken.");
        int events = taken;
        assertTrue(!memory.isFresh() || taken <= MAX_OWED, () -> events + " events had been kept for " + this);
    }

    private void poll(int events) {
        for (int left = events; left > 0; left--) {
            if (!pollOne()) {
                return;
            }
        }
    }

    private boolean pollOne() {
        boolean due = reader.isDue();
        if (random.nextInt(4) == 0) {
            EncodedEvent small = reader.poll(SMALL_ROOM);
            if (small != null) {
                assertTrue(due && small.size() <= SMALL_ROOM, () -> "Too large: " + small);
                memory.accept(small);
                return true;
            }
        }
        EncodedEvent event = reader.poll();
        assertEquals(due, event != null, () -> "Due, or not: " + event + " for " + this);
        if (event == null) {
            return false;
        }
        assertTrue(memory.isOpen(), () -> "Before the stream opened: " + event);
        memory.accept(event);
        return true;
    }

    private void endIfOver() {
        if (!closed && reader.end() != null) {
            assertTrue(!reader.isDue(), "Ended with events due.");
            close();
        }
    }

    private void close() {
        if (closed) {
            return;
        }
        closed = true;
        reader.close();
        reader.close();
        assertNull(reader.poll());
        loop.execute(() -> held = false);
    }

    @Override
    public String toString() {
        return "reading " + memory;
    }
}
