package dev.stacked.runtime.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.ScriptedCall;
import dev.stacked.runtime.transport.testkit.TransportLimits;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Closing of WebSockets, from either side. */
final class WebSocketCloseIT {
    private WebSocketRun run = new WebSocketRun();

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void closeOfTheClientIsAnsweredAndTheConnectionEnds() {
        FrameClient client = run.openAndReadSnapshot();

        client.send(Frame.close(1000, ""));

        assertEquals(List.of("close 1000"), client.framesToTheEnd());
        client.close();
        run.awaitStreams(0);
    }

    @Test
    void drainIsGoingAway() {
        FrameClient client = run.openAndReadSnapshot();

        run.server.drain();
        run.registry.close();

        assertEquals(List.of("close 1001"), client.framesToTheEnd());
        client.send(Frame.close(1001, ""));
        client.close();
        run.awaitStreams(0);
    }

    @Test
    void stackThatIsGoneHasACodeOfItsOwnAfterTheError() {
        FrameClient client = run.openAndReadSnapshot();

        run.stack().failsWith(ErrorCode.STACK_NOT_FOUND);

        List<String> frames = client.framesToTheEnd();
        assertEquals("close 4404", frames.get(frames.size() - 1));
        assertTrue(frames.get(frames.size() - 2).contains("\"code\":\"stack-not-found\""), frames::toString);
    }

    @Test
    void clientThatKeepsItsSideOpenIsDisconnectedSoon() {
        run.openAndReadSnapshot();

        run.registry.close();

        run.awaitStreams(0);
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                Arguments.of(1009, Frame.of(Frame.TEXT, 4097)),
                Arguments.of(1009, Frame.of(Frame.TEXT, 70_000)),
                Arguments.of(1003, Frame.of(Frame.BINARY, 1)),
                Arguments.of(1002, Frame.of(3, 1)),
                Arguments.of(1002, Frame.close(1005, "")),
                Arguments.of(1007, Frame.of(Frame.CLOSE, (byte) 3, (byte) 0xE8, (byte) 0xFF)));
    }

    @ParameterizedTest
    @MethodSource("violations")
    void violationIsAnsweredWithItsCode(int code, Frame violation) {
        FrameClient client = run.openAndReadSnapshot();

        client.send(violation);

        assertEquals(List.of("close " + code), client.framesToTheEnd());
    }

    @Test
    void textIsIgnored() {
        FrameClient client = run.openAndReadSnapshot();

        client.send(Frame.of(Frame.TEXT, "{\"event\":\"snapshot\"}"), Frame.of(Frame.TEXT, 4096));
        run.stage().todos(1, 1);

        assertTrue(client.text().startsWith("{\"id\":\"epoch-2\",\"event\":\"stage-runtime\""));
    }

    static Stream<Named<Consumer<FrameClient>>> departures() {
        return Stream.of(
                Named.of("close", FrameClient::close),
                Named.of("half-close", FrameClient::halfClose),
                Named.of("reset", FrameClient::reset));
    }

    @ParameterizedTest
    @MethodSource("departures")
    void leavingAnOpenStreamEndsThePollAtOnce(Consumer<FrameClient> leave) {
        FrameClient client = run.openAndReadSnapshot();
        run.stack().hold();
        ScriptedCall poll = run.heldPoll();

        leave.accept(client);

        assertPollingEnds(poll);
    }

    @ParameterizedTest
    @MethodSource("departures")
    void leavingBeforeTheUpgradeEndsTheFirstPollAtOnce(Consumer<FrameClient> leave) {
        run.stack().hold();
        FrameClient client = run.upgrade(WebSocketRun.STREAM);
        ScriptedCall poll = run.heldPoll();

        leave.accept(client);

        assertPollingEnds(poll);
    }

    @Test
    void closeFrameEndsThePollAtOnce() {
        FrameClient client = run.openAndReadSnapshot();
        run.stack().hold();
        ScriptedCall poll = run.heldPoll();

        client.send(Frame.of(Frame.CLOSE, ""));

        assertPollingEnds(poll);
    }

    private void assertPollingEnds(ScriptedCall poll) {
        assertTrue(poll.awaitCancelled(Patience.LIMIT));
        run.awaitStreams(0);
        run.stack().release();
        int calls = run.upstream.callCount();
        assertFalse(run.upstream.awaitCalls(calls + 1, Duration.ofMillis(100)), "A poll without subscribers.");
    }

    @Test
    void stalledReadersAreCutOffAndDisturbNobody() {
        run.close();
        run = new WebSocketRun(new TransportLimits(1000, Duration.ofMillis(500)));
        FrameClient live = run.openAndReadSnapshot();
        for (int i = 0; i < 50; i++) {
            run.openStalled();
        }

        run.changeMoreThanASocketTakes();
        assertTrue(live.text().startsWith("{\"id\":\"epoch-2\",\"event\":\"stage-runtime\""));

        run.awaitStreams(1);
        run.stage().todos(1, 1);
        assertTrue(live.text().startsWith("{\"id\":\"epoch-3\",\"event\":\"stage-runtime\""));
    }

    @Test
    void stalledReaderThatViolatesIsAnsweredWhenItReads() {
        FrameClient stalled = run.openStalled();
        FrameClient live = run.openAndReadSnapshot();
        run.changeMoreThanASocketTakes();
        live.text();
        stalled.awaitArrival();

        stalled.send(Frame.of(Frame.BINARY, 1), Frame.of(Frame.PING, "too late"));

        assertTrue(stalled.text().startsWith("{\"id\":\"epoch-2\",\"event\":\"stage-runtime\""));
        assertEquals(List.of("close 1003"), stalled.framesToTheEnd());
    }
}
