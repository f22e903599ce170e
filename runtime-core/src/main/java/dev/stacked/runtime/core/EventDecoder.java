package dev.stacked.runtime.core;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads events back from their JSON: the inverse of {@link EventEncoder}. */
final class EventDecoder {
    /** Keeps every digit of a number that passes through. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private EventDecoder() {}

    /** @throws IllegalArgumentException if the JSON is not that of an event with this name */
    static StreamEvent decode(String name, byte[] data) {
        try {
            return decode(EventKind.named(name), MAPPER.readTree(data));
        } catch (JacksonException | DateTimeParseException | ClassCastException e) {
            throw new IllegalArgumentException("The data of '" + name + "' must be the JSON of such an event.", e);
        }
    }

    private static StreamEvent decode(EventKind kind, JsonNode json) {
        return switch (kind) {
            case SNAPSHOT -> new StreamEvent.Snapshot(stages(json), time(json, "observedAt"));
            case STAGE_RUNTIME ->
                new StreamEvent.StageChanged(
                        stageId(json), runtime(json.required("runtime")), time(json, "observedAt"));
            case REVIEW_READY ->
                new StreamEvent.ReviewReady(stageId(json), text(json, "stageTitle"), time(json, "observedAt"));
            case HEARTBEAT ->
                new StreamEvent.Heartbeat(
                        time(json, "now"),
                        health(json),
                        timeIfPresent(json, "observedAt"),
                        timeIfPresent(json, "nextPollAt"));
            case ERROR ->
                new StreamEvent.Failure(code(json), text(json, "message"), json.has("stageId") ? stageId(json) : null);
        };
    }

    private static @Nullable Instant timeIfPresent(JsonNode json, String field) {
        return json.has(field) ? time(json, field) : null;
    }

    private static StackRuntime stages(JsonNode json) {
        JsonNode runtimes = json.required("runtimeByStageId");
        return new StackRuntime(json.required("stages")
                .valueStream()
                .map(stage -> stage(stage, runtimes.get(text(stage, "id"))))
                .toList());
    }

    private static StageState stage(JsonNode json, @Nullable JsonNode runtime) {
        return new StageState(
                new StageId(text(json, "id")),
                text(json, "title"),
                new StageStatus(text(json, "status")),
                runtime == null ? null : runtime(runtime));
    }

    private static StageRuntime runtime(JsonNode json) {
        return StageRuntime.of((ObjectNode) json);
    }

    private static StageId stageId(JsonNode json) {
        return new StageId(text(json, "stageId"));
    }

    private static UpstreamHealth health(JsonNode json) {
        String wireName = text(json, "upstream");
        return Stream.of(UpstreamHealth.values())
                .filter(health -> health.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no upstream health '" + wireName + "'."));
    }

    private static ErrorCode code(JsonNode json) {
        String wireName = text(json, "code");
        return Stream.of(ErrorCode.values())
                .filter(code -> code.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no error code '" + wireName + "'."));
    }

    private static Instant time(JsonNode json, String field) {
        return Instant.parse(text(json, field));
    }

    private static String text(JsonNode json, String field) {
        return json.required(field).stringValue();
    }
}
