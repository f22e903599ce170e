package dev.stacked.runtime.transport.undertow;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Counts the bytes that wait for clients on all connections. If they are too many, the connection that holds most is
 * closed. Thread-safe.
 */
final class WaitingBytes {
    private final ConnectionLimits limits;
    private final Set<ConnectionBytes> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong total = new AtomicLong();

    WaitingBytes(ConnectionLimits limits) {
        this.limits = limits;
    }

    /**
     * The bytes of one more connection, of which there are none yet.
     *
     * @param end closes the connection because of a limit; may be called repeatedly, on any thread
     */
    ConnectionBytes open(Consumer<ConnectionLimit> end) {
        return new ConnectionBytes(this, limits.waitingBytesPerConnection(), end);
    }

    /** From now on, this connection may be closed to make room. */
    void add(ConnectionBytes connection) {
        connections.add(connection);
    }

    /** This connection is closed. Bytes that it has not freed yet still count. */
    void remove(ConnectionBytes connection) {
        connections.remove(connection);
    }

    /** Bytes that wait in all. */
    long total() {
        return total.get();
    }

    void count(long change) {
        if (total.addAndGet(change) > limits.waitingBytes() && change > 0) {
            endLargest();
        }
    }

    private void endLargest() {
        connections.stream()
                .max(Comparator.comparingLong(ConnectionBytes::held))
                .ifPresent(largest -> largest.end(ConnectionLimit.WAITING_BYTES));
    }
}
