package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.core.EncodedEvent;
import io.undertow.server.HttpServerExchange;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A state that waits for its client, and counts among the {@link WaitingBytes} until it is released. Thread-safe. */
final class WaitingState {
    private final Runnable remove;
    private final AtomicBoolean released = new AtomicBoolean();

    private WaitingState(Runnable remove) {
        this.remove = remove;
    }

    /**
     * Counts a state that is about to be sent as the answer of this exchange. Without {@link HttpConnections} there is
     * no limit.
     *
     * @return empty if too many bytes wait already
     */
    static Optional<WaitingState> of(HttpServerExchange exchange, EncodedEvent state) {
        Http2Connection connection = Http2Connection.of(exchange);
        WaitingBytes all = WaitingBytes.of(exchange);
        if (connection != null) {
            ConnectionBytes bytes = connection.waiting();
            return bytes.add(state) ? Optional.of(new WaitingState(() -> bytes.remove(state))) : Optional.empty();
        }
        return all == null ? Optional.of(new WaitingState(() -> {})) : alone(exchange, all, state);
    }

    /** Over HTTP/1.1 an answer has its connection to itself. */
    private static Optional<WaitingState> alone(HttpServerExchange exchange, WaitingBytes all, EncodedEvent state) {
        ConnectionBytes bytes = all.open(exchange);
        if (!bytes.add(state)) {
            return Optional.empty();
        }
        all.add(bytes);
        return Optional.of(new WaitingState(() -> {
            all.remove(bytes);
            bytes.remove(state);
        }));
    }

    /** The exchange is over. Idempotent. */
    void release() {
        if (released.compareAndSet(false, true)) {
            remove.run();
        }
    }
}
