package dev.stacked.runtime.app.internal.web;

import java.time.Duration;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The server's settings for its page.
 *
 * @param transport the page's transport: {@code sse} or {@code websocket}
 * @param heartbeatInterval time between two heartbeats of a stream
 * @param errorEvent name of error events
 * @param demoStackIds the stacks to offer as links; empty if the server has no demo
 */
public record PageConfig(String transport, Duration heartbeatInterval, String errorEvent, List<String> demoStackIds) {
    /** Copies the list. */
    public PageConfig {
        demoStackIds = List.copyOf(demoStackIds);
    }

    String toJson() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("transport", transport);
        json.put("heartbeatIntervalMillis", heartbeatInterval.toMillis());
        json.put("errorEvent", errorEvent);
        demoStackIds.forEach(json.putArray("demoStackIds")::add);
        return json.toString();
    }
}
