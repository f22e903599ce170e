package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.core.StackId;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.util.List;

/**
 * A route about one stack: what all of them do alike. It must be reached through {@link Routes}, by a template with a
 * variable {@code {id}}, on an I/O thread.
 */
abstract class StackHandler implements HttpHandler {
    private final Gate gate;
    private final AllowedOrigins origins;
    private final List<String> methods;
    private final String allowed;

    /** @param methods what it serves, besides OPTIONS */
    StackHandler(Gate gate, AllowedOrigins origins, String... methods) {
        this.gate = gate;
        this.origins = origins;
        this.methods = List.of(methods);
        this.allowed = String.join(", ", methods) + ", OPTIONS";
    }

    /**
     * Answers a request of one of the methods.
     *
     * @throws RefusedException if it is refused
     */
    abstract void serve(HttpServerExchange exchange, StackId stack);

    final Gate gate() {
        return gate;
    }

    @Override
    public final void handleRequest(HttpServerExchange exchange) {
        origins.allowReading(exchange);
        try {
            answer(exchange, exchange.getRequestMethod().toString());
        } catch (RefusedException e) {
            gate.refuse(exchange, e);
        }
    }

    private void answer(HttpServerExchange exchange, String method) {
        if (methods.contains(method)) {
            serve(exchange, RequestedStack.of(exchange));
        } else if (method.equals("OPTIONS")) {
            exchange.setStatusCode(StatusCodes.NO_CONTENT);
            exchange.getResponseHeaders().put(Headers.ALLOW, allowed);
            origins.answerPreflight(exchange, String.join(", ", methods));
            exchange.endExchange();
        } else {
            throw new RefusedException(ErrorResponse.methodNotAllowed(allowed));
        }
    }
}
