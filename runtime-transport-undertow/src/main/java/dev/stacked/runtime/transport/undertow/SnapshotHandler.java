package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.access.AccessScope;
import dev.stacked.runtime.access.OriginPolicy;
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
     * @param access decides who may read it; a request counts as a stream until it is answered
     * @param writeTimeout how long a client may take for the answer before it is disconnected
     * @param origins the pages that may read it
     */
    public SnapshotHandler(PollerRegistry registry, AccessFilter access, Duration writeTimeout, OriginPolicy origins) {
        super(access, origins, "GET", "HEAD");
        this.registry = registry;
        this.writeTimeout = writeTimeout;
    }

    @Override
    void serve(HttpServerExchange exchange, StackId stack) {
        RequestBody.requireNone(exchange);
        access().authorize(
                        exchange,
                        stack,
                        AccessScope.READ,
                        authorized -> authorized.admit(permit -> registry.stream(stack)
                                .subscribe(new SnapshotAnswer(exchange, access(), permit, writeTimeout))));
    }
}
