package dev.stacked.runtime.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.EventId;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.PolledUpstream;
import dev.stacked.runtime.testkit.RecordingSubscriber;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The JSON of events on the wire, and their order. */
final class WebSocketEventsIT {
    private static final String NOW = "2026-01-01T00:00:00.000Z";

    private WebSocketRun run = new WebSocketRun();

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void eachEventIsOneTextFrame() {
        run.stage().titled("Größe ✓");
        FrameClient client = run.open();

        assertEquals(
                "{\"id\":\"epoch-1\",\"event\":\"snapshot\",\"data\":{\"stackId\":\"checkout\",\"runtimeByStageId\":"
                        + "{\"s1\":{\"stageStatus\":\"in-progress\",\"runtimeState\":\"idle\",\"todoCompleted\":0,"
                        + "\"todoTotal\":0}},\"stages\":[{\"id\":\"s1\",\"title\":\"Größe ✓\","
                        + "\"status\":\"in-progress\"}],\"observedAt\":\"" + NOW + "\"}}",
                client.text());
        run.stage().reconcileSays("review");
        assertEquals(
                "{\"id\":\"epoch-2\",\"event\":\"stage-runtime\",\"data\":{\"stackId\":\"checkout\",\"stageId\":\"s1\",\"runtime\":"
                        + "{\"stageStatus\":\"review\",\"runtimeState\":\"idle\",\"todoCompleted\":0,\"todoTotal\":0},"
                        + "\"observedAt\":\"" + NOW + "\"}}",
                client.text());
        assertEquals(
                "{\"id\":\"epoch-3\",\"event\":\"review-ready\",\"data\":{\"stackId\":\"checkout\",\"stageId\":\"s1\",\"stageTitle\":"
                        + "\"Größe ✓\",\"observedAt\":\"" + NOW + "\"}}",
                client.text());
    }

    @Test
    void errorHasNoId() {
        FrameClient client = run.openAndReadSnapshot();

        run.stage().failsWith(ErrorCode.RECONCILE_FAILED);

        assertEquals(
                "{\"event\":\"error\",\"data\":{\"stackId\":\"checkout\",\"code\":\"reconcile-failed\",\"message\":"
                        + "\"Scripted: reconcile-failed.\",\"stageId\":\"s1\",\"retryable\":true}}",
                client.text());
    }

    @Test
    void heartbeatHasNoId() {
        run.close();
        run = new WebSocketRun(PolledUpstream.SETTINGS.withHeartbeatInterval(Duration.ofMillis(50)));
        FrameClient client = run.openAndReadSnapshot();

        assertEquals(
                "{\"event\":\"heartbeat\",\"data\":{\"stackId\":\"checkout\",\"now\":\"%s\",\"upstream\":\"ok\",\"observedAt\":\"%s\"}}"
                        .formatted(NOW, NOW),
                client.text());
    }

    @Test
    void parameterSaysWhereToGoOn() {
        FrameClient first = run.openAndReadSnapshot();
        run.stage().todos(1, 1);
        String change = first.text();

        FrameClient resumed = run.upgrade(WebSocketRun.STREAM + "?lastEventId=epoch-1");
        resumed.head();

        assertEquals(change, resumed.text());
    }

    @Test
    void eventsAreThoseOfTheStackInTheSameOrder() {
        RecordingSubscriber reference = RecordingSubscriber.eager();
        run.registry.stream(new StackId("checkout")).subscribe(reference);
        assertTrue(reference.awaitEvents(1, Patience.LIMIT));
        FrameClient client = run.open();
        List<String> read = new ArrayList<>(List.of(client.text()));
        for (int i = 1; i <= 50; i++) {
            run.stage().todos(i, 50).reconcileSays(i % 10 == 0 ? "review" : "in-progress");
            read.add(client.text());
            if (i % 10 == 0) {
                read.add(client.text());
            }
        }

        assertTrue(reference.awaitEvents(read.size(), Patience.LIMIT)); // its thread may be behind the client's
        List<String> expected = reference.events().stream()
                .map(event -> "{\"id\":\"%s\",\"event\":\"%s\",\"data\":%s}"
                        .formatted(event.id().map(EventId::toString).orElseThrow(), event.name(), event.data()))
                .toList();
        assertEquals(expected, read);
    }

    @Test
    void clientsCostNoThreads() {
        run.openAndReadSnapshot();
        int before = ManagementFactory.getThreadMXBean().getThreadCount();
        List<FrameClient> clients = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            clients.add(run.openAndReadSnapshot());
        }

        int after = ManagementFactory.getThreadMXBean().getThreadCount();

        assertTrue(after - before < 10, () -> (after - before) + " more threads for " + clients.size() + " clients");
    }
}
