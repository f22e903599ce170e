package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.core.StackId;
import io.undertow.server.HttpServerExchange;

/** The stack that a request is about: the variable {@code {id}} of its route. */
final class RequestedStack {
    private RequestedStack() {}

    /** @throws RefusedException if it is no id of a stack */
    static StackId of(HttpServerExchange exchange) {
        try {
            return new StackId(PercentEncoding.decode(Routes.variable(exchange, "id")));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(ErrorResponse.invalidInput(String.valueOf(e.getMessage())));
        }
    }
}
