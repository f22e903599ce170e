package dev.stacked.runtime.transport.undertow;

import io.undertow.server.HttpServerExchange;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many requests were refused since the start, by reason. Thread-safe. */
public final class Refusals {
    private final Map<RefusalReason, Long> counts = new ConcurrentHashMap<>();

    Refusals() {}

    /** How many were refused for this reason. */
    public long count(RefusalReason reason) {
        return counts.getOrDefault(reason, 0L);
    }

    /** Answers a request that is refused, and counts it. */
    void answer(HttpServerExchange exchange, RefusedException refusal) {
        refusal.reason().ifPresent(reason -> counts.merge(reason, 1L, Long::sum));
        refusal.response().send(exchange);
    }
}
