package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.access.NotAdmittedException;
import dev.stacked.runtime.access.OriginPolicy;
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
    private final AccessFilter access;
    private final CrossOrigin origins;
    private final List<String> methods;
    private final String allowed;

    /** @param methods what it serves, besides OPTIONS */
    StackHandler(AccessFilter access, OriginPolicy origins, String... methods) {
        this.access = access;
        this.origins = new CrossOrigin(origins);
        this.methods = List.of(methods);
        this.allowed = String.join(", ", methods) + ", OPTIONS";
    }

    /**
     * Answers a request of one of the methods.
     *
     * @throws RefusedException if it cannot be served
     * @throws NotAdmittedException if it is refused for another reason
     */
    abstract void serve(HttpServerExchange exchange, StackId stack);

    final AccessFilter access() {
        return access;
    }

    final CrossOrigin origins() {
        return origins;
    }

    @Override
    public final void handleRequest(HttpServerExchange exchange) {
        origins.allowReading(exchange);
        origins.foreignOrigin(exchange).ifPresent(origin -> access.foreignOrigin(exchange, origin));
        try {
            answer(exchange, exchange.getRequestMethod().toString());
        } catch (RefusedException e) {
            e.response().send(exchange);
        } catch (NotAdmittedException e) {
            access.refuse(exchange, e);
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
