package dev.stacked.runtime.app.web;

import java.time.Duration;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the page must know of the server that it comes from.
 *
 * @param transport how the page connects: {@code sse} or {@code websocket}
 * @param heartbeatInterval between two heartbeats of a stream
 * @param errorEvent the name under which errors are told
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
