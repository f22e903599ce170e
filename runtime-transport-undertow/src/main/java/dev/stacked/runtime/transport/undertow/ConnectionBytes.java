package dev.stacked.runtime.transport.undertow;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Counts the bytes that wait for the client of one connection, which is closed if they are too many. Thread-safe. */
final class ConnectionBytes {
    private final WaitingBytes all;
    private final long limit;
    private final Consumer<ConnectionLimit> end;
    private final AtomicLong held = new AtomicLong();

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
        if (held.addAndGet(change) > limit && change > 0) {
            end(ConnectionLimit.WAITING_BYTES_PER_CONNECTION);
        }
        all.count(change);
    }

    void end(ConnectionLimit reached) {
        end.accept(reached);
    }
}
