package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.access.AccessScope;
import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.core.StackId;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Methods;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * An integrator's own route about one stack, for clients that the authorizer allows. Other routes do not ask it.
 *
 * <p>It must be reached through {@link Routes}, by a template with a variable {@code {id}}. It refuses what the streams
 * refuse, with the same answers and counts: unknown and forbidden clients, too many invalid credentials of one address,
 * ids that cannot be a stack's, and, for methods other than GET and HEAD, pages of other origins. OPTIONS is answered.
 * Thread-safe.
 */
public final class AuthorizedHandler extends StackHandler {
    private static final Set<String> SAFE_METHODS = Set.of(Methods.GET_STRING, Methods.HEAD_STRING);

    private final AccessScope scope;
    private final BiConsumer<HttpServerExchange, StackId> next;

    /**
     * A route behind the authorizer.
     *
     * @param access asks the authorizer
     * @param origins the pages that may read the answer
     * @param scope the permission that a client needs
     * @param next answers allowed requests, on the request's I/O thread: it must not block, and dispatches to a worker
     *     thread to do so; a {@link RefusedException} is answered as it says, any other exception with 500
     * @param methods the methods that {@code next} answers
     */
    public AuthorizedHandler(
            AccessFilter access,
            OriginPolicy origins,
            AccessScope scope,
            BiConsumer<HttpServerExchange, StackId> next,
            String... methods) {
        super(access, origins, methods);
        this.scope = scope;
        this.next = next;
    }

    @Override
    void serve(HttpServerExchange exchange, StackId stack) {
        if (!SAFE_METHODS.contains(exchange.getRequestMethod().toString())) {
            origins().requireAllowed(exchange);
        }
        access().authorize(exchange, stack, scope, authorized -> next.accept(exchange, stack));
    }
}
