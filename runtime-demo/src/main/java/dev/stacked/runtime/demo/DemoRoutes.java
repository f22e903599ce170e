package dev.stacked.runtime.demo;

import io.undertow.Handlers;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.util.ETag;
import io.undertow.util.ETagUtils;
import io.undertow.util.Headers;
import io.undertow.util.PathTemplateMatch;
import io.undertow.util.StatusCodes;
import io.undertow.util.URLUtils;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** The upstream's routes. Ids are percent-encoded path segments, so the server must leave paths encoded. */
final class DemoRoutes implements HttpHandler {
    private static final String STACK = "/api/stacks/{stackId}";
    private static final String RECONCILE = STACK + "/stages/{stageId}/implementation/reconcile";

    private final JsonMapper json = JsonMapper.shared();
    private final RoutingHandler routes = Handlers.routing();

    DemoRoutes(Stacks stacks) {
        routes.get(STACK, exchange -> sendTagged(exchange, stacks.document(id(exchange, "stackId"))));
        routes.post(
                RECONCILE,
                exchange -> send(exchange, stacks.reconcile(id(exchange, "stackId"), id(exchange, "stageId"))));
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        routes.handleRequest(exchange);
    }

    private static String id(HttpServerExchange exchange, String placeholder) {
        String segment = exchange.getAttachment(PathTemplateMatch.ATTACHMENT_KEY)
                .getParameters()
                .get(placeholder);
        return URLUtils.decode(segment, StandardCharsets.UTF_8.name(), true, false, new StringBuilder());
    }

    /** Answers 304 to a client that already has this answer. */
    private void sendTagged(HttpServerExchange exchange, Answer answer) {
        byte[] body = json.writeValueAsBytes(answer.body());
        if (answer.status() == StatusCodes.OK) {
            ETag tag = new ETag(false, UUID.nameUUIDFromBytes(body).toString());
            exchange.getResponseHeaders().put(Headers.ETAG, tag.toString());
            if (!ETagUtils.handleIfNoneMatch(exchange, tag, true)) {
                exchange.setStatusCode(StatusCodes.NOT_MODIFIED);
                exchange.endExchange();
                return;
            }
        }
        send(exchange, answer.status(), body);
    }

    private void send(HttpServerExchange exchange, Answer answer) {
        send(exchange, answer.status(), json.writeValueAsBytes(answer.body()));
    }

    private static void send(HttpServerExchange exchange, int status, byte[] body) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender().send(ByteBuffer.wrap(body));
    }
}
