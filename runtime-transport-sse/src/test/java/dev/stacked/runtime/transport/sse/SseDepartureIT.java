package dev.stacked.runtime.transport.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.RawClient;
import dev.stacked.runtime.testkit.ScriptedCall;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The server detects that clients leave without a failed write: nothing is written in these tests. */
final class SseDepartureIT {
    /** Time after which a test assumes that nothing will happen. */
    private static final Duration A_MOMENT = Duration.ofMillis(100);

    private final SseRun run = new SseRun();

    @AfterEach
    void stop() {
        run.close();
    }

    static Stream<Named<Consumer<RawClient>>> departures() {
        return Stream.of(
                Named.of("close", RawClient::close),
                Named.of("half-close", RawClient::halfClose),
                Named.of("reset", RawClient::reset));
    }

    @ParameterizedTest
    @MethodSource("departures")
    void leavingAnOpenStreamEndsThePollAtOnce(Consumer<RawClient> leave) {
        RawClient client = run.open();
        client.block();
        run.stack().hold();
        ScriptedCall poll = run.heldPoll();

        leave.accept(client);

        assertTrue(poll.awaitCancelled(Patience.LIMIT));
        run.awaitStreams(0);
        assertNobodyPolls();
    }

    @ParameterizedTest
    @MethodSource("departures")
    void leavingBeforeTheStreamOpensEndsTheFirstPollAtOnce(Consumer<RawClient> leave) {
        run.stack().hold();
        RawClient client = run.send("GET", SseRun.STREAM);
        ScriptedCall poll = run.heldPoll();

        leave.accept(client);

        assertTrue(poll.awaitCancelled(Patience.LIMIT));
        run.awaitStreams(0);
        assertNobodyPolls();
    }

    /**
     * A connection that its client closed long ago may be accepted only now, and causes one poll. A leaked poller would
     * never stop.
     */
    private void assertNobodyPolls() {
        run.stack().release();
        for (int look = 0; look < 50; look++) {
            if (!run.upstream.awaitCalls(run.upstream.callCount() + 1, A_MOMENT)) {
                return;
            }
        }
        fail("Polls without subscribers.");
    }

    @Test
    void leavingOneOfTwoStreamsDisturbsNobody() {
        RawClient leaver = run.open();
        RawClient stayer = run.open();
        stayer.block();

        leaver.reset();
        run.awaitStreams(1);
        run.stage().todos(1, 1);

        assertTrue(stayer.block().startsWith("id: epoch-2\nevent: stage-runtime\n"));
    }

    @Test
    void whatTheClientSendsAfterItsRequestIsIgnored() {
        String garbage = "\0\r\n\r\nGET /api/stacks/checkout/runtime/stream HTTP/1.1\r\n".repeat(1000);
        RawClient client =
                run.connect().send("GET " + SseRun.STREAM + " HTTP/1.1\r\nHost: localhost\r\n\r\n" + garbage);
        assertEquals("HTTP/1.1 200 OK", client.head().statusLine());
        client.block();

        client.send(garbage);
        run.stage().todos(1, 1);

        assertTrue(client.block().startsWith("id: epoch-2\nevent: stage-runtime\n"));
        assertEquals(1, run.server.openStreams());
    }

    @Test
    void departureIsNoticedBehindGarbage() {
        RawClient client = run.open();
        client.block();

        client.send("x".repeat(100_000));
        client.halfClose();

        run.awaitStreams(0);
    }

    @Test
    void whatTheClientSendsWhileItWaitsIsIgnored() {
        run.stack().hold();
        RawClient client = run.send("GET", SseRun.STREAM);
        run.heldPoll();

        client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        run.stack().release();

        assertEquals("HTTP/1.1 200 OK", client.head().statusLine());
        SseRun.greeting(client);
        assertTrue(client.block().startsWith("id: epoch-1\nevent: snapshot\n"));
    }

    @Test
    void hundredsOfClientsThatComeAndLeaveLeaveNothingBehind() {
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 30; i++) {
                RawClient client = run.send("GET", SseRun.STREAM);
                if (i % 3 == 0) {
                    client.head();
                } else if (i % 3 == 1) {
                    client.reset();
                }
                client.close();
            }
        }

        assertNobodyPolls();
        run.awaitStreams(0);
    }
}
