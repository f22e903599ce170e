package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StackId;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;

/**
 * Polls a stack at once, for programs that know of a change, such as a webhook of the upstream. The body of the request
 * is ignored. Thread-safe.
 */
public final class RefreshHandler extends StackHandler {
    private final PollerRegistry registry;
    private final AllowedOrigins origins;

    /**
     * The route.
     *
     * @param registry polls the stacks
     * @param gate decides who may have them polled
     * @param origins the pages that may ask for it
     */
    public RefreshHandler(PollerRegistry registry, Gate gate, AllowedOrigins origins) {
        super(gate, origins, "POST");
        this.registry = registry;
        this.origins = origins;
    }

    @Override
    void serve(HttpServerExchange exchange, StackId stack) {
        origins.requireAllowed(exchange); // a page can send this with the user's cookie, whether it may read or not
        gate().pass(exchange, stack, AccessScope.REFRESH, visitor -> {
            gate().admission().requireServing();
            registry.refresh(stack);
            exchange.setStatusCode(StatusCodes.ACCEPTED);
            exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
            exchange.endExchange();
        });
    }
}
