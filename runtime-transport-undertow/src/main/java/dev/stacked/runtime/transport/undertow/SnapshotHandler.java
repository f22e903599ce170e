package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StackId;
import io.undertow.server.HttpServerExchange;
import java.time.Duration;

/** The present state of a stack, once and as JSON: for scripts that have no use for a stream. Thread-safe. */
public final class SnapshotHandler extends StackHandler {
    private final PollerRegistry registry;
    private final Duration writeTimeout;

    /**
     * The route.
     *
     * @param registry where the state comes from
     * @param gate decides who may read it; a request counts as a stream until it is answered
     * @param writeTimeout how long a client may take for the answer before it is disconnected
     * @param origins the pages that may read it
     */
    public SnapshotHandler(PollerRegistry registry, Gate gate, Duration writeTimeout, AllowedOrigins origins) {
        super(gate, origins, "GET", "HEAD");
        this.registry = registry;
        this.writeTimeout = writeTimeout;
    }

    @Override
    void serve(HttpServerExchange exchange, StackId stack) {
        RequestBody.requireNone(exchange);
        gate().pass(
                        exchange,
                        stack,
                        AccessScope.READ,
                        visitor -> visitor.admit(permit -> registry.stream(stack)
                                .subscribe(new SnapshotAnswer(exchange, gate(), permit, writeTimeout))));
    }
}
