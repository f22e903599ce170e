package dev.stacked.runtime.transport.testkit;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event as a client read it off the wire.
 *
 * @param id null if the event has none
 * @param name what kind of event it is
 * @param data the event's JSON
 */
public record ReceivedEvent(@Nullable String id, String name, String data) {
    JsonNode json() {
        return JsonMapper.shared().readTree(data);
    }
}
