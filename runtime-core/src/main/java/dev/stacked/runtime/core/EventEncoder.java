package dev.stacked.runtime.core;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns events into their JSON. The shape of each is in the JSON Schemas beside this class. Thread-safe. */
final class EventEncoder {
    static final String DEFAULT_ERROR_EVENT = "error";

    private static final Set<String> OTHER_EVENTS = Set.of("snapshot", "stage-runtime", "review-ready", "heartbeat");

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final JsonMapper mapper = JsonMapper.shared();
    private final String errorEvent;

    /** @param errorEvent the name of the event that tells a {@link StreamEvent.Failure} */
    EventEncoder(String errorEvent) {
        this.errorEvent = requireErrorEvent(errorEvent);
    }

    /** Returns the name if it is one, and not that of another event. */
    static String requireErrorEvent(String name) {
        if (OTHER_EVENTS.contains(name)) {
            throw new IllegalArgumentException("The error event needs a name of its own; '" + name + "' is taken.");
        }
        return EncodedEvent.requireName(name);
    }

    EncodedEvent encode(StreamEvent event, @Nullable EventId id) {
        return EncodedEvent.of(id, name(event), mapper.writeValueAsString(json(event)));
    }

    private String name(StreamEvent event) {
        if (event instanceof StreamEvent.Snapshot) {
            return "snapshot";
        }
        if (event instanceof StreamEvent.StageChanged) {
            return "stage-runtime";
        }
        if (event instanceof StreamEvent.ReviewReady) {
            return "review-ready";
        }
        return event instanceof StreamEvent.Heartbeat ? "heartbeat" : errorEvent;
    }

    private ObjectNode json(StreamEvent event) {
        ObjectNode json = mapper.createObjectNode();
        if (event instanceof StreamEvent.Snapshot snapshot) {
            writeSnapshot(snapshot, json);
        } else if (event instanceof StreamEvent.StageChanged changed) {
            json.put("stageId", changed.stage().value());
            json.set("runtime", changed.runtime().toJson());
            json.put("observedAt", timestamp(changed.observedAt()));
        } else if (event instanceof StreamEvent.ReviewReady ready) {
            json.put("stageId", ready.stage().value());
            json.put("stageTitle", ready.title());
            json.put("observedAt", timestamp(ready.observedAt()));
        } else if (event instanceof StreamEvent.Heartbeat heartbeat) {
            writeHeartbeat(heartbeat, json);
        } else if (event instanceof StreamEvent.Failure failure) {
            writeFailure(failure, json);
        }
        return json;
    }

    private static void writeSnapshot(StreamEvent.Snapshot snapshot, ObjectNode json) {
        json.put("stackId", snapshot.stack().value());
        ObjectNode runtimes = json.putObject("runtimeByStageId");
        ArrayNode stages = json.putArray("stages");
        for (StageState stage : snapshot.runtime().stages()) {
            if (stage.runtime() != null) {
                runtimes.set(stage.id().value(), stage.runtime().toJson());
            }
            stages.addObject()
                    .put("id", stage.id().value())
                    .put("title", stage.title())
                    .put("status", stage.status().value());
        }
        json.put("observedAt", timestamp(snapshot.observedAt()));
    }

    private static void writeHeartbeat(StreamEvent.Heartbeat heartbeat, ObjectNode json) {
        json.put("now", timestamp(heartbeat.now()));
        json.put("upstream", heartbeat.upstream().wireName());
        if (heartbeat.observedAt() != null) {
            json.put("observedAt", timestamp(heartbeat.observedAt()));
        }
    }

    private static void writeFailure(StreamEvent.Failure failure, ObjectNode json) {
        json.put("code", failure.code().wireName());
        json.put("message", failure.message());
        if (failure.stage() != null) {
            json.put("stageId", failure.stage().value());
        }
        json.put("retryable", failure.code().isRetryable());
    }

    private static String timestamp(Instant instant) {
        return TIMESTAMP.format(instant);
    }
}
