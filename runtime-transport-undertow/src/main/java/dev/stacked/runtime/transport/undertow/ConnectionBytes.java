package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.core.EncodedEvent;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Counts the bytes that wait for the client of one connection, which is closed if they are too many. The largest state
 * is exempt from that, so that a client that requests a single one is served whatever its size. Thread-safe.
 */
final class ConnectionBytes {
    private final WaitingBytes all;
    private final long limit;
    private final Consumer<ConnectionLimit> end;
    private final AtomicLong held = new AtomicLong();
    private final StateSizes states = new StateSizes();
    private volatile long exempt;

    ConnectionBytes(WaitingBytes all, long limit, Consumer<ConnectionLimit> end) {
        this.all = all;
        this.limit = limit;
        this.end = end;
    }

    /** Bytes that wait now. */
    long held() {
        return held.get();
    }

    /** Counts a change of the buffers in use. */
    void count(long change) {
        if (change > 0) {
            endIfOver(held.addAndGet(change));
        } else {
            held.addAndGet(change);
        }
        all.count(change);
    }

    private boolean endIfOver(long bytes) {
        boolean over = bytes - exempt > limit;
        if (over) {
            all.end(this, ConnectionLimit.WAITING_BYTES_PER_CONNECTION);
        }
        return over;
    }

    /**
     * Counts a state that is about to wait for the client, until {@link #remove}.
     *
     * @return whether there is room; if not, it does not count
     */
    boolean add(EncodedEvent state) {
        if (!all.add(state)) {
            return false;
        }
        int change = states.add(state);
        exempt = states.largest();
        if (endIfOver(held.addAndGet(change))) {
            remove(state);
            return false;
        }
        return true;
    }

    /** A state that was added waits no more. */
    void remove(EncodedEvent state) {
        held.addAndGet(-states.remove(state));
        exempt = states.largest();
        all.remove(state);
    }

    void end(ConnectionLimit reached) {
        end.accept(reached);
    }
}
