package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FanOutIT {
    private static final int CLIENTS = 200;
    private static final int CYCLES = 10;
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    private final ScriptedUpstream upstream = new ScriptedUpstream().stage("a", "in-progress");
    private final RunningApp app = RuntimeApp.run(new String[] {
        "--upstream=" + upstream.url(),
        "--port=0",
        "--poll-interval=" + POLL_INTERVAL.toMillis() + "ms",
        "--write-timeout=1s",
        "--retain=10ms"
    });
    private final List<RawStream> streams = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (RawStream stream : streams) {
            stream.close();
        }
        app.close();
        upstream.close();
    }

    @Test
    void twoHundredClientsShareOnePollPerCycleAndAfterTheLastThereIsNone() throws Exception {
        open(CLIENTS);
        for (RawStream stream : streams) {
            stream.readUntil("event: snapshot");
        }

        upstream.forgetCalls();
        long first = nextDocumentCall();
        long last = first;
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            last = nextDocumentCall();
        }
        Duration spent = Duration.ofNanos(last - first);
        assertTrue(spent.compareTo(POLL_INTERVAL.multipliedBy(CYCLES - 1)) > 0, () -> CYCLES + " polls in " + spent);

        for (RawStream stream : streams) {
            stream.close();
        }
        for (int calls = 0; upstream.nextDocumentCall(10 * POLL_INTERVAL.toMillis()) != null; calls++) {
            assertTrue(calls < 10, "Still polled.");
        }
    }

    @Test
    void stalledReadersAreCutOffAndTheLiveOneMissesNothing() throws Exception {
        open(CLIENTS);
        try (SseClient live = SseClient.open(app.url() + "/api/stacks/s/runtime/stream")) {
            live.next("snapshot");
            for (int change = 1; change <= 25; change++) {
                String note = change + "x".repeat(20_000);
                upstream.note(note);
                assertEquals(
                        note,
                        live.next("stage-runtime").data().at("/runtime/note").stringValue());
            }
            for (RawStream stalled : streams) {
                stalled.readToEnd();
            }
            assertFalse(live.isOver());
        }
    }

    private void open(int count) throws IOException {
        for (int client = 0; client < count; client++) {
            streams.add(RawStream.open(app.port(), "s"));
        }
    }

    private long nextDocumentCall() throws InterruptedException {
        Long call = upstream.nextDocumentCall(20_000);
        assertNotNull(call, "no poll");
        return call;
    }
}
