package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.core.EncodedEvent;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts the bytes that wait for clients on all connections. If they are too many, the connection that holds most is
 * closed. Thread-safe.
 */
final class WaitingBytes {
    private static final AttachmentKey<WaitingBytes> KEY = AttachmentKey.create(WaitingBytes.class);

    private final ConnectionLimits limits;
    private final ConnectionMeters meters;
    private final Set<ConnectionBytes> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong total = new AtomicLong();
    private final StateSizes states = new StateSizes();

    WaitingBytes(ConnectionLimits limits, ConnectionMeters meters) {
        this.limits = limits;
        this.meters = meters;
    }

    /** Counts the answer of this exchange. */
    void attachTo(HttpServerExchange exchange) {
        exchange.putAttachment(KEY, this);
    }

    /** Counts the answer of this exchange; null if nothing does. */
    static @Nullable WaitingBytes of(HttpServerExchange exchange) {
        return exchange.getAttachment(KEY);
    }

    /**
     * Returns a counter for a new connection, which starts at zero.
     *
     * @param end closes the connection because of a limit; may be called repeatedly, on any thread
     */
    ConnectionBytes open(Consumer<ConnectionLimit> end) {
        return new ConnectionBytes(this, limits.waitingBytesPerConnection(), end);
    }

    /** Returns a counter for the HTTP/1.1 connection of this exchange. */
    ConnectionBytes open(HttpServerExchange exchange) {
        return open(limit -> exchange.getIoThread().execute(() -> {
            if (exchange.getConnection().isOpen()) {
                meters.reached(limit);
                Peer.of(exchange).close();
            }
        }));
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

    /**
     * Counts a state that is about to wait, until {@link #remove(EncodedEvent)}.
     *
     * @return whether there is room; if not, it does not count
     */
    boolean add(EncodedEvent state) {
        int change = states.add(state);
        if (total.addAndGet(change) <= limits.waitingBytes() || change == 0) {
            return true;
        }
        remove(state);
        if (state.size() <= limits.waitingBytes()) {
            endLargest();
        }
        return false;
    }

    /** A state that was added waits no more. */
    void remove(EncodedEvent state) {
        total.addAndGet(-states.remove(state));
    }

    private void endLargest() {
        connections.stream()
                .max(Comparator.comparingLong(ConnectionBytes::held))
                .ifPresent(largest -> end(largest, ConnectionLimit.WAITING_BYTES));
    }

    /** Closes a connection because of a limit, unless it is still being set up. */
    void end(ConnectionBytes connection, ConnectionLimit limit) {
        if (connections.contains(connection)) {
            connection.end(limit);
        }
    }
}
