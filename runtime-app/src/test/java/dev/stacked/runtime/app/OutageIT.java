package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.stacked.runtime.app.ScriptedUpstream.Mode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutageIT {
    private static final int POLLS = 5;

    private final ScriptedUpstream upstream = new ScriptedUpstream().stage("a", "in-progress");
    private final RunningApp app = RuntimeApp.run(new String[] {
        "--upstream=" + upstream.url(),
        "--port=0",
        "--poll-interval=50ms",
        "--heartbeat-interval=50ms",
        "--upstream-timeout=1s",
        "--retry-attempts=1"
    });
    private final SseClient client = SseClient.open(app.url() + "/api/stacks/s/runtime/stream");

    @AfterEach
    void stop() {
        client.close();
        app.close();
        upstream.close();
    }

    @Test
    void aKilledAHungAndAConfusedUpstreamLoseAndRepeatNothing() throws Exception {
        client.next("snapshot");

        upstream.kill();
        awaitHeartbeats("down");
        upstream.stage("a", "review");
        upstream.revive();
        client.next("review-ready");

        upstream.answer(Mode.NEVER);
        awaitHeartbeats("down");
        upstream.stage("a", "in-progress");
        upstream.answer(Mode.WELL);
        awaitStatus("in-progress");

        upstream.answer(Mode.WITH_GARBAGE);
        awaitHeartbeats("down");
        upstream.stage("a", "review");
        upstream.answer(Mode.WELL);
        client.next("review-ready");
        awaitHeartbeats("ok");

        assertFalse(client.isOver());
        assertEquals(2, client.seen("review-ready").size());
        assertEquals(1, client.seen("snapshot").size());
        assertEquals(
                List.of("upstream-unavailable", "upstream-unavailable", "invalid-upstream-response"),
                errorsOfTheStack());
    }

    @Test
    void aStreamThatBeginsDuringAnOutageOpensAndGetsItsSnapshotLater() throws Exception {
        upstream.kill();
        try (SseClient late = SseClient.open(app.url() + "/api/stacks/other/runtime/stream")) {
            assertEquals("upstream-unavailable", late.next("error").text("code"));
            assertEquals(List.of(), late.seen("snapshot"));

            upstream.revive();

            assertEquals("other", late.next("snapshot").text("stackId"));
        }
    }

    /** A poll that is under way when the upstream changes may fail for the stage too. */
    private List<String> errorsOfTheStack() {
        return client.seen("error").stream()
                .filter(error -> error.text("stageId").isEmpty())
                .map(error -> error.text("code"))
                .toList();
    }

    /** Heartbeats come as often as polls. */
    private void awaitHeartbeats(String health) throws InterruptedException {
        for (int heartbeat = 0; heartbeat < POLLS; heartbeat++) {
            client.next(event -> event.is("heartbeat") && event.text("upstream").equals(health));
        }
    }

    private void awaitStatus(String status) throws InterruptedException {
        client.next(event -> event.is("stage-runtime")
                && event.data().at("/runtime/stageStatus").stringValue().equals(status));
    }
}
