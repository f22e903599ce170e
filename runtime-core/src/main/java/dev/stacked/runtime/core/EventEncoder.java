package dev.stacked.runtime.core;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
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
    private final LongSupplier nanoTime;
    private final PollerMeters meters;

    /**
     * @param errorEvent the event name of a {@link StreamEvent.Failure}
     * @param nanoTime elapsed time as {@link System#nanoTime()} gives it
     */
    EventEncoder(String errorEvent, LongSupplier nanoTime, PollerMeters meters) {
        this.errorEvent = requireErrorEvent(errorEvent);
        this.nanoTime = nanoTime;
        this.meters = meters;
    }

    /** Returns the name if it is valid and not that of another event. */
    static String requireErrorEvent(String name) {
        if (OTHER_EVENTS.contains(name)) {
            throw new IllegalArgumentException("The error event needs a name of its own; '" + name + "' is taken.");
        }
        return EncodedEvent.requireName(name);
    }

    /**
     * Encodes an event that follows from an upstream answer.
     *
     * @param id null if the event is not part of the history
     */
    EncodedEvent encode(StackId stack, StreamEvent event, @Nullable EventId id) {
        return EncodedEvent.of(id, name(event), json(stack, event), OptionalLong.of(nanoTime.getAsLong()));
    }

    /** Encodes cached state, without a creation time, since the age of cached state is not latency. */
    EncodedEvent encodeCached(StackId stack, StreamEvent.Snapshot state, EventId id) {
        return EncodedEvent.of(id, name(state), json(stack, state), OptionalLong.empty());
    }

    private byte[] json(StackId stack, StreamEvent event) {
        ObjectNode json = mapper.createObjectNode().put("stackId", stack.value());
        write(event, json);
        byte[] bytes = mapper.writeValueAsString(json).getBytes(StandardCharsets.UTF_8); // replaces lone surrogates
        meters.encoded(event, bytes.length);
        return bytes;
    }

    private String name(StreamEvent event) {
        return event instanceof StreamEvent.Failure
                ? errorEvent
                : EventKind.of(event).wireName();
    }

    private static void write(StreamEvent event, ObjectNode json) {
        if (event instanceof StreamEvent.Snapshot snapshot) {
            writeSnapshot(snapshot, json);
        } else if (event instanceof StreamEvent.StageChanged changed) {
            json.put("stageId", changed.stage().value());
            json.set("runtime", changed.runtime().json());
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
    }

    private static void writeSnapshot(StreamEvent.Snapshot snapshot, ObjectNode json) {
        ObjectNode runtimes = json.putObject("runtimeByStageId");
        ArrayNode stages = json.putArray("stages");
        for (StageState stage : snapshot.runtime().stages()) {
            if (stage.runtime() != null) {
                runtimes.set(stage.id().value(), stage.runtime().json());
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
        if (heartbeat.nextPollAt() != null) {
            json.put("nextPollAt", timestamp(heartbeat.nextPollAt()));
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
