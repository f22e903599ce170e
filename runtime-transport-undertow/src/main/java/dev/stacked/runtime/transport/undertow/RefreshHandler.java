package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.access.AccessScope;
import dev.stacked.runtime.access.OriginPolicy;
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

    /**
     * The route.
     *
     * @param registry polls the stacks
     * @param access decides who may have them polled
     * @param origins the pages that may ask for it
     */
    public RefreshHandler(PollerRegistry registry, AccessFilter access, OriginPolicy origins) {
        super(access, origins, "POST");
        this.registry = registry;
    }

    @Override
    void serve(HttpServerExchange exchange, StackId stack) {
        origins().requireAllowed(exchange); // a page can send this with the user's cookie, whether it may read or not
        access().authorize(exchange, stack, AccessScope.REFRESH, authorized -> {
            access().admission().requireServing();
            registry.refresh(stack);
            exchange.setStatusCode(StatusCodes.ACCEPTED);
            exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
            exchange.endExchange();
        });
    }
}
