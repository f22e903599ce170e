package dev.stacked.runtime.transport.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StreamSettings;
import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.PolledUpstream;
import dev.stacked.runtime.testkit.RawClient;
import dev.stacked.runtime.testkit.RecordingSubscriber;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The exact bytes of events on the wire, and their order. */
final class SseEventsIT {
    private static final String NOW = "2026-01-01T00:00:00.000Z";

    private SseRun run = new SseRun();

    private void restart(StreamSettings settings) {
        run.close();
        run = new SseRun(settings);
    }

    @AfterEach
    void stop() {
        run.close();
    }

    private static String runtime(String status, int completed, int total) {
        return "{\"stageStatus\":\"%s\",\"runtimeState\":\"idle\",\"todoCompleted\":%d,\"todoTotal\":%d}"
                .formatted(status, completed, total);
    }

    private static String snapshot(int number, String runtime, String title, String status) {
        return "id: epoch-%d\nevent: snapshot\ndata: {\"stackId\":\"checkout\",\"runtimeByStageId\":{\"s1\":%s},"
                        .formatted(number, runtime)
                + "\"stages\":[{\"id\":\"s1\",\"title\":\"%s\",\"status\":\"%s\"}],\"observedAt\":\"%s\"}\n\n"
                        .formatted(title, status, NOW);
    }

    private static String change(int number, String runtime) {
        return "id: epoch-%d\nevent: stage-runtime\ndata: {\"stackId\":\"checkout\",\"stageId\":\"s1\",\"runtime\":%s,\"observedAt\":\"%s\"}\n\n"
                .formatted(number, runtime, NOW);
    }

    @Test
    void eachEventIsOneWholeFrame() {
        run.stage().titled("Größe ✓");
        RawClient client = run.open();

        assertEquals(snapshot(1, runtime("in-progress", 0, 0), "Größe ✓", "in-progress"), client.block());
        run.stage().todos(1, 2);
        assertEquals(change(2, runtime("in-progress", 1, 2)), client.block());
        run.stage().reconcileSays("review");
        assertEquals(change(3, runtime("review", 1, 2)), client.block());
        assertEquals(
                "id: epoch-4\nevent: review-ready\ndata: {\"stackId\":\"checkout\",\"stageId\":\"s1\",\"stageTitle\":\"Größe ✓\","
                        + "\"observedAt\":\"" + NOW + "\"}\n\n",
                client.block());
    }

    @Test
    void heartbeatHasNoId() {
        restart(PolledUpstream.SETTINGS.withHeartbeatInterval(Duration.ofMillis(50)));
        RawClient client = run.open();
        client.block();

        assertEquals(
                "event: heartbeat\ndata: {\"stackId\":\"checkout\",\"now\":\"%s\",\"upstream\":\"ok\",\"observedAt\":\"%s\"}\n\n"
                        .formatted(NOW, NOW),
                client.block());
    }

    @Test
    void errorHasNoId() {
        assertErrorIsNamed("error");
    }

    @Test
    void errorCanBeRenamed() {
        restart(PolledUpstream.SETTINGS.withErrorEvent("upstream-error"));

        assertErrorIsNamed("upstream-error");
    }

    private void assertErrorIsNamed(String name) {
        RawClient client = run.open();
        client.block();
        run.stage().failsWith(ErrorCode.RECONCILE_FAILED);

        assertEquals(
                "event: " + name
                        + "\ndata: {\"stackId\":\"checkout\",\"code\":\"reconcile-failed\",\"message\":\"Scripted: reconcile-failed.\","
                        + "\"stageId\":\"s1\",\"retryable\":true}\n\n",
                client.block());
    }

    @Test
    void streamEndsWithoutALastWordWhenTheServerDrains() {
        RawClient client = run.open();
        client.block();

        run.registry.close();

        assertEquals("", client.rest());
        run.awaitStreams(0);
    }

    @Test
    void streamEndsAfterTheErrorWhenTheStackIsGone() {
        RawClient client = run.open();
        client.block();

        run.stack().failsWith(ErrorCode.STACK_NOT_FOUND);

        String rest = client.rest();
        assertTrue(rest.contains("\"code\":\"stack-not-found\""), rest);
        assertTrue(rest.endsWith("\"retryable\":false}\n\n"), rest);
        run.awaitStreams(0);
    }

    @Test
    void headerSaysWhereToGoOn() {
        RawClient first = run.open();
        first.block();
        run.stage().todos(1, 1);
        first.block();

        assertEquals(
                change(2, runtime("in-progress", 1, 1)),
                run.open("Last-Event-ID: epoch-1").block());
    }

    @Test
    void headerBeatsTheParameter() {
        RawClient first = run.open();
        first.block();
        run.stage().todos(1, 2);
        first.block();
        run.stage().todos(2, 2);
        first.block();

        RawClient resumed = run.send("GET", SseRun.STREAM + "?lastEventId=epoch-1&other=x", "Last-Event-ID: epoch-2");
        resumed.head();
        SseRun.greeting(resumed);

        assertEquals(change(3, runtime("in-progress", 2, 2)), resumed.block());
    }

    @Test
    void parameterSaysWhereToGoOnEncodedOrNot() {
        RawClient first = run.open();
        first.block();
        run.stage().todos(1, 1);
        first.block();

        for (String parameter : new String[] {"epoch-1", "epoch%2d1", "%65poch%2D1"}) {
            RawClient resumed = run.send("GET", SseRun.STREAM + "?lastEventId=" + parameter);
            resumed.head();
            SseRun.greeting(resumed);
            assertEquals(change(2, runtime("in-progress", 1, 1)), resumed.block(), parameter);
        }
    }

    @Test
    void malformedParameterCountsAsAbsent() {
        RawClient client = run.send("GET", SseRun.STREAM + "?lastEventId=epoch-1%FF");
        client.head();
        SseRun.greeting(client);

        assertTrue(client.block().startsWith("id: epoch-1\nevent: snapshot\n"));
    }

    @Test
    void eventsAreThoseOfTheStackInTheSameOrder() {
        RecordingSubscriber reference = RecordingSubscriber.eager();
        run.registry.stream(new StackId("checkout")).subscribe(reference);
        assertTrue(reference.awaitEvents(1, Patience.LIMIT));
        RawClient client = run.open();
        StringBuilder read = new StringBuilder(client.block());
        for (int i = 1; i <= 50; i++) {
            run.stage().todos(i, 50).reconcileSays(i % 10 == 0 ? "review" : "in-progress");
            read.append(client.block());
            if (i % 10 == 0) {
                read.append(client.block());
            }
        }

        assertTrue(reference.awaitEvents(1 + 50 + 5, Patience.LIMIT)); // its thread may be behind the client's
        StringBuilder expected = new StringBuilder();
        reference
                .events()
                .forEach(event -> expected.append("id: %s\nevent: %s\ndata: %s\n\n"
                        .formatted(event.id().orElseThrow(), event.name(), event.data())));
        assertEquals(expected.toString(), read.toString());
    }
}
