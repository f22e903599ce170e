package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

final class EventDecoderTest {
    private static final Instant AT = Instant.parse("2026-11-22T09:38:34.327Z");
    private static final StageId STAGE = new StageId("ui/α 1?#%");

    private final EventEncoder encoder =
            new EventEncoder("problem", () -> 0, new PollerMeters(new SimpleMeterRegistry()));

    static Stream<StreamEvent> events() {
        StageState active = new StageState(STAGE, "Odd \"title\" \n 🚀", StageStatus.REVIEW, runtime());
        StageState waiting = new StageState(new StageId("b"), "", StageStatus.NOT_STARTED, null);
        return Stream.of(
                new StreamEvent.Snapshot(new StackRuntime(List.of(active, waiting)), AT),
                new StreamEvent.Snapshot(new StackRuntime(List.of()), AT),
                new StreamEvent.StageChanged(STAGE, runtime(), AT),
                new StreamEvent.ReviewReady(STAGE, "Fix it", AT),
                new StreamEvent.Heartbeat(AT, UpstreamHealth.DEGRADED, AT, AT.plusSeconds(2)),
                new StreamEvent.Heartbeat(AT, UpstreamHealth.DOWN, null, null),
                new StreamEvent.Failure(ErrorCode.RECONCILE_FAILED, "No answer.", STAGE),
                new StreamEvent.Failure(ErrorCode.UPSTREAM_UNAVAILABLE, "No answer.", null));
    }

    private static StageRuntime runtime() {
        return StageRuntime.of(JsonNodeFactory.instance
                .objectNode()
                .put("stageStatus", "review")
                .put("runtimeState", "idle")
                .put("todoCompleted", 1)
                .put("todoTotal", 1000)
                .put("precise", new BigDecimal("0.12345678901234567890123")));
    }

    @ParameterizedTest
    @MethodSource("events")
    void decodedEventEqualsTheEncodedOne(StreamEvent event) {
        EncodedEvent encoded = encoder.encode(new StackId("s"), event, null);

        assertEquals(event, encoded.decode());
    }

    @Test
    void stageOfADecodedSnapshotHasTheFreshestStatus() {
        StageState state = new StageState(STAGE, "Title", StageStatus.IN_PROGRESS, runtime());
        StreamEvent.Snapshot snapshot = new StreamEvent.Snapshot(new StackRuntime(List.of(state)), AT);

        StreamEvent.Snapshot decoded = (StreamEvent.Snapshot)
                encoder.encode(new StackId("s"), snapshot, null).decode();

        assertEquals(state.status(), decoded.runtime().stages().get(0).documentStatus());
        assertEquals(state.runtime(), decoded.runtime().stages().get(0).runtime());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "1",
                "not JSON",
                "{'now':'yesterday','upstream':'ok'}",
                "{'now':'2026-11-22T09:38:34.327Z','upstream':'unheard of'}",
                "{'now':1,'upstream':'ok'}"
            })
    void otherDataIsRefused(String data) {
        EncodedEvent event = EncodedEvent.of(null, "heartbeat", data.replace('\'', '"'));

        assertThrows(IllegalArgumentException.class, event::decode);
    }
}
