package dev.stacked.runtime.transport.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.testkit.ClientView;
import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.PolledUpstream;
import dev.stacked.runtime.testkit.RawClient;
import dev.stacked.runtime.testkit.ScriptedCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The contract of every transport, tested over real sockets. Subclasses provide a {@link #harness} for their transport.
 *
 * <p>It covers the parts of the wire contract that all transports share. Details of one protocol (its headers, its
 * exact framing, its close codes) belong to the tests of that transport.
 */
public abstract class TransportContract extends TransportRefusals {
    @Override
    protected abstract TransportHarness harness();

    @Test
    void streamStartsWithASnapshot() {
        TransportRun run = start();
        run.stage().titled("First").todos(1, 3);

        ReceivedEvent snapshot = run.open().next("snapshot");

        assertNotNull(snapshot.id());
        JsonNode json = snapshot.json();
        assertEquals("checkout", json.get("stackId").stringValue());
        assertEquals("First", json.at("/stages/0/title").stringValue());
        assertEquals(1, json.at("/runtimeByStageId/s1/todoCompleted").intValue());
    }

    @Test
    void changesComeOneByOneUnderRisingIds() {
        TransportRun run = start();
        run.stage();
        StreamClient client = run.open();
        client.next("snapshot");

        for (int i = 1; i <= 20; i++) {
            run.stage().todos(i, 20);
            ReceivedEvent change = client.next("stage-runtime");
            assertEquals(i, change.json().at("/runtime/todoCompleted").intValue());
        }
    }

    @Test
    void reviewReadyComesDirectlyAfterItsStageRuntime() {
        TransportRun run = start();
        run.stage().is("in-progress").titled("Fix it");
        StreamClient client = run.open();
        client.next("snapshot");

        run.stage().is("review");

        assertEquals(
                "review",
                client.next("stage-runtime").json().at("/runtime/stageStatus").stringValue());
        JsonNode ready = client.next("review-ready").json();
        assertEquals("s1", ready.get("stageId").stringValue());
        assertEquals("Fix it", ready.get("stageTitle").stringValue());
    }

    @Test
    void streamResumesFromEveryPosition() {
        TransportRun run = start();
        run.stage().todos(0, 9);
        StreamClient client = run.open();
        List<ReceivedEvent> all = new ArrayList<>(List.of(client.next("snapshot")));
        for (int i = 1; i <= 9; i++) {
            run.stage().todos(i, 9);
            all.add(client.next("stage-runtime"));
        }

        for (int position = 0; position < all.size() - 1; position++) {
            try (StreamClient resumed = run.resume(id(all.get(position)), client.view())) {
                for (ReceivedEvent missed : all.subList(position + 1, all.size())) {
                    assertEquals(missed, resumed.next());
                }
            }
        }
    }

    private static String id(ReceivedEvent event) {
        return Objects.requireNonNull(event.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"another-1", "epoch1-999", "epoch1-", "-1", " ", "epoch1-1\nevent: forged", "\u0000", "💥"})
    void unknownOrMalformedPositionGetsASnapshotAndTheStreamGoesOn(String lastEventId) {
        TransportRun run = start();
        run.stage();
        StreamClient client = run.resume(lastEventId, new ClientView());

        client.next("snapshot");
        run.stage().todos(1, 1);
        client.next("stage-runtime");
    }

    @Test
    void stalledReaderGetsTheNewestStateAndDisturbsNobody() {
        TransportRun run = start();
        run.stage();
        run.stack().stage("s2").is("in-progress");
        StreamClient live = run.open();
        live.next("snapshot");
        StreamClient stalled = run.openStalled();
        int changes = 300; // 19 MB, more than a socket's buffers hold
        for (int i = 1; i <= changes; i++) {
            run.stage().with("padding", JsonNodeFactory.instance.stringNode("x".repeat(1 << 16)));
            run.stage().todos(i, changes);
            int expected = i;
            live.until(event -> event.json().at("/runtime/todoCompleted").asInt(0) == expected);
        }
        run.stack().stage("s2").is("review");
        live.until(event -> event.name().equals("review-ready"));

        List<ReceivedEvent> read = stalled.until(event -> event.name().equals("review-ready"));

        assertTrue(read.size() < changes, () -> "A backlog of " + read.size() + " events was kept.");
        assertEquals(live.view().runtimes(), stalled.view().runtimes());
        assertEquals(List.of("s2"), stalled.view().reviews());
    }

    @Test
    void readerThatTakesNoByteIsCutOff() {
        TransportRun run = start(PolledUpstream.SETTINGS, new TransportLimits(100, Duration.ofMillis(300)));
        run.stage();
        run.openStalled();

        boolean polled = true;
        for (int i = 1; polled && i <= 3000; i++) {
            run.stage().with("padding", JsonNodeFactory.instance.stringNode(i + "x".repeat(1 << 16)));
            polled = run.upstream.awaitCalls(run.upstream.callCount() + 2, Duration.ofSeconds(2));
        }

        assertFalse(polled, "The stack is still polled, so the client was not disconnected.");
    }

    @Test
    void clientThatLeavesIsNoticedAtOnceThoughNothingIsSent() {
        TransportRun run = start();
        run.stage();
        StreamClient client = run.open();
        client.next("snapshot");
        run.stack().hold();
        ScriptedCall poll = run.upstream.awaitHeld(Patience.LIMIT).orElseThrow();

        client.close();

        assertTrue(poll.awaitCancelled(Patience.LIMIT), "The poll goes on without subscribers.");
    }

    @Test
    void clientThatLeavesBeforeItsStreamOpensIsNoticedAtOnce() {
        TransportRun run = start();
        run.stage();
        run.stack().hold();
        RawClient waiting = run.get("checkout").sendOnly();
        ScriptedCall poll = run.upstream.awaitHeld(Patience.LIMIT).orElseThrow();

        waiting.close();

        assertTrue(poll.awaitCancelled(Patience.LIMIT), "The poll goes on without subscribers.");
    }

    @Test
    void streamOpensBeforeASnapshotIsThereIfTheUpstreamIsLate() {
        TransportRun run =
                start(PolledUpstream.SETTINGS.withFirstSnapshotTimeout(Duration.ofMillis(50)), TransportRun.LIMITS);
        run.stage();
        run.stack().hold();

        StreamClient client = run.open();
        ReceivedEvent error = client.next("error");
        assertNull(error.id());
        run.stack().release();

        client.next("snapshot");
    }

    @Test
    void errorsAreToldAndTheStreamGoesOn() {
        TransportRun run = start();
        run.stage();
        StreamClient client = run.open();
        client.next("snapshot");

        run.stage().failsWith(ErrorCode.RECONCILE_FAILED);
        ReceivedEvent error = client.next("error");
        run.stage().recovers().todos(1, 1);

        assertNull(error.id());
        assertEquals("reconcile-failed", error.json().get("code").stringValue());
        client.next("stage-runtime");
    }

    @Test
    void heartbeatsComeWithoutAnId() {
        TransportRun run =
                start(PolledUpstream.SETTINGS.withHeartbeatInterval(Duration.ofMillis(50)), TransportRun.LIMITS);
        run.stage();
        StreamClient client = run.open();
        client.next("snapshot");

        for (int i = 0; i < 3; i++) {
            ReceivedEvent heartbeat = client.next("heartbeat");
            assertNull(heartbeat.id());
            assertEquals("ok", heartbeat.json().get("upstream").stringValue());
        }
    }

    @Test
    void stackThatIsGoneEndsItsStream() {
        TransportRun run = start();
        run.stage();
        StreamClient client = run.open();
        client.next("snapshot");

        run.stack().failsWith(ErrorCode.STACK_NOT_FOUND);

        List<ReceivedEvent> last =
                client.until(event -> event.json().path("code").asString("").equals("stack-not-found"));
        assertTrue(last.size() <= 2, () -> "At most one event before: " + last);
        client.assertEnds();
    }

    @Test
    void shutdownEndsOpenStreamsAndRefusesNewOnes() {
        TransportRun run = start();
        run.stage();
        List<StreamClient> clients = List.of(run.open(), run.open(), run.open());
        clients.forEach(client -> client.next("snapshot"));

        run.shutDown();

        clients.forEach(StreamClient::assertEnds);
        Refusal.of(run.send(run.get("checkout"))).is(503, "draining").hasHeader("Retry-After");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n\nevent: forged\ndata: {}\n\n",
                "\r\revent: forged\rdata: {}\r\r",
                "\r\n\r\nevent: forged\r\nid: x-1\r\n\r\n",
                "\u0000\u0001\u001b\u007f\u0085",
                "\u2028\u2029\ufeff",
                "\"},\"name\":\"forged\",\"x\":{\"",
                "\\n\\r\\u0000</script><!--",
                "🚀 \ud83d"
            })
    void noTextCanForgeAnEvent(String text) {
        TransportRun run = start();
        run.stage().is("in-progress").titled(text);
        StreamClient client = run.open();

        ReceivedEvent snapshot = client.next("snapshot");
        assertText(text, snapshot.json().at("/stages/0/title"));
        run.stage().with(text, JsonNodeFactory.instance.stringNode(text));
        assertText(text, client.next("stage-runtime").json().get("runtime").get(wire(text)));
        run.stage().is("review");
        client.next("stage-runtime");
        assertText(text, client.next("review-ready").json().get("stageTitle"));
        run.stage().failsWith(new ReconcileException(ErrorCode.RECONCILE_FAILED, text));
        assertText(text, client.next("error").json().get("message"));
    }

    private static void assertText(String expected, JsonNode actual) {
        assertEquals(wire(expected), actual.stringValue());
    }

    /** UTF-8 cannot encode an unpaired surrogate. */
    private static String wire(String text) {
        return text.replaceAll("[\\ud800-\\udfff]", "?");
    }
}
