package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventEncoderTest {
    private static final Instant AT = Instant.parse("2026-11-22T09:38:34.327999Z");
    private static final StackId STACK = new StackId("rig odd/é");
    private static final StageId STAGE = new StageId("ui/α 1?#%");
    private static final EventId ID = new EventId("e", 41);

    private final EventEncoder encoder =
            new EventEncoder("error", () -> 0, new PollerMeters(new SimpleMeterRegistry()));

    @Test
    void snapshotShowsAllStagesInOrderAndTheRuntimesThatThereAre() {
        StackRuntime runtime = new StackRuntime(List.of(
                new StageState(STAGE, "Odd \"quotes\" \\ back\nslash 🚀", StageStatus.IN_PROGRESS, runtime()),
                new StageState(new StageId("b"), "B", StageStatus.NOT_STARTED, null)));

        EncodedEvent event = encoder.encode(STACK, new StreamEvent.Snapshot(runtime, AT), ID);

        assertEquals("snapshot", event.name());
        assertEquals(Optional.of(ID), event.id());
        assertEquals(
                "{\"stackId\":\"rig odd/é\",\"runtimeByStageId\":{\"ui/α 1?#%\":"
                        + "{\"stageStatus\":\"review\",\"runtimeState\":\"idle\",\"todoCompleted\":1,"
                        + "\"todoTotal\":1000}},"
                        + "\"stages\":[{\"id\":\"ui/α 1?#%\","
                        + "\"title\":\"Odd \\\"quotes\\\" \\\\ back\\nslash 🚀\",\"status\":\"review\"},"
                        + "{\"id\":\"b\",\"title\":\"B\",\"status\":\"not-started\"}],"
                        + "\"observedAt\":\"2026-11-22T09:38:34.327Z\"}",
                event.data());
    }

    @Test
    void stageRuntimeShowsTheRuntime() {
        EncodedEvent event = encoder.encode(STACK, new StreamEvent.StageChanged(STAGE, runtime(), AT), ID);

        assertEquals("stage-runtime", event.name());
        assertEquals(
                Any.parse(
                        "{'stackId':'rig odd/é','stageId':'ui/α 1?#%','runtime':{'stageStatus':'review','runtimeState':'idle',"
                                + "'todoCompleted':1,'todoTotal':1000},'observedAt':'2026-11-22T09:38:34.327Z'}"),
                Any.parse(event.data()));
    }

    @Test
    void reviewReadyShowsTheTitle() {
        EncodedEvent event = encoder.encode(STACK, new StreamEvent.ReviewReady(STAGE, "Fix it", AT), ID);

        assertEquals("review-ready", event.name());
        assertEquals(
                Any.parse(
                        "{'stackId':'rig odd/é','stageId':'ui/α 1?#%','stageTitle':'Fix it','observedAt':'2026-11-22T09:38:34.327Z'}"),
                Any.parse(event.data()));
    }

    @Test
    void heartbeatShowsTheHealthAndIsNotPartOfTheHistory() {
        EncodedEvent event = encoder.encode(
                STACK, new StreamEvent.Heartbeat(AT, UpstreamHealth.DEGRADED, AT, AT.plusSeconds(2)), null);

        assertEquals("heartbeat", event.name());
        assertEquals(Optional.empty(), event.id());
        assertEquals(
                Any.parse("{'stackId':'rig odd/é','now':'2026-11-22T09:38:34.327Z','upstream':'degraded',"
                        + "'observedAt':'2026-11-22T09:38:34.327Z','nextPollAt':'2026-11-22T09:38:36.327Z'}"),
                Any.parse(event.data()));
    }

    @Test
    void absentIsAbsentAndNeverNull() {
        assertEquals(
                "{\"stackId\":\"rig odd/é\",\"now\":\"2026-11-22T09:38:34.327Z\",\"upstream\":\"down\"}",
                encoder.encode(STACK, new StreamEvent.Heartbeat(AT, UpstreamHealth.DOWN, null, null), null)
                        .data());
        assertEquals(
                "{\"stackId\":\"rig odd/é\",\"code\":\"upstream-unavailable\",\"message\":\"Away.\",\"retryable\":true}",
                encoder.encode(STACK, new StreamEvent.Failure(ErrorCode.UPSTREAM_UNAVAILABLE, "Away.", null), null)
                        .data());
    }

    @Test
    void failureShowsItsStageUnderTheNameThatIsSet() {
        StreamEvent failure = new StreamEvent.Failure(ErrorCode.RECONCILE_FAILED, "Late.", STAGE);

        EncodedEvent event = new EventEncoder("upstream-error", () -> 0, new PollerMeters(new SimpleMeterRegistry()))
                .encode(STACK, failure, null);

        assertEquals("upstream-error", event.name());
        assertEquals(
                Any.parse(
                        "{'stackId':'rig odd/é','code':'reconcile-failed','message':'Late.','stageId':'ui/α 1?#%','retryable':true}"),
                Any.parse(event.data()));
    }

    @Test
    void wholeSecondsHaveMillisecondsToo() {
        assertEquals(
                "{\"stackId\":\"rig odd/é\",\"now\":\"2026-01-01T00:00:00.000Z\",\"upstream\":\"ok\"}",
                encoder.encode(
                                STACK,
                                new StreamEvent.Heartbeat(
                                        Instant.parse("2026-01-01T00:00:00Z"), UpstreamHealth.OK, null, null),
                                null)
                        .data());
    }

    @Test
    void nameOfTheErrorEventIsChecked() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new EventEncoder("no name", () -> 0, new PollerMeters(new SimpleMeterRegistry())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot", "stage-runtime", "review-ready", "heartbeat"})
    void errorEventHasNoOtherEventsName(String name) {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> new EventEncoder(name, () -> 0, new PollerMeters(new SimpleMeterRegistry())))
                .getMessage();

        assertTrue(message.contains("'" + name + "' is taken"), message);
    }

    private static StageRuntime runtime() {
        return Any.runtime("review", 1);
    }
}
