package dev.stacked.runtime.transport.testkit;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event as received by a client.
 *
 * @param id null if the event has none
 * @param name the event's name
 * @param data the event's JSON
 */
public record ReceivedEvent(@Nullable String id, String name, String data) {
    JsonNode json() {
        return JsonMapper.shared().readTree(data);
    }
}
