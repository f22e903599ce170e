package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.ScriptedCall;
import dev.stacked.runtime.testkit.ScriptedStage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many streams on one connection of HTTP/2: what befalls one of them befalls it alone. */
final class Http2StreamIT extends Http2StreamFixture {
    @Test
    void streamsOfOneConnectionAllGetTheirEvents() {
        Http2Client client = connect(Http2Client.WIDE);
        List<Integer> streams = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            streams.add(open(client, STREAM));
        }

        stage().todos(1, 1);

        streams.forEach(stream -> assertName("stage-runtime", client, stream));
    }

    /** The I/O thread is busy until all changes are published, so that one wake-up finds them together. */
    @Test
    void eventsOfOneWakeUpAreOneDataFrame() {
        List<ScriptedStage> stages = IntStream.rangeClosed(1, 8)
                .mapToObj(i -> polled.stack().stage("s" + i))
                .toList();
        Http2Client client = connect(Http2Client.WIDE);
        int stream = open(client, STREAM);
        client.roundTrip();
        int before = client.dataFrames(stream);
        Http2Client holder = connect(Http2Client.WIDE);
        holder.get("/held");
        Patience.await("the I/O thread to be busy", () -> openExchanges.get() == 2);

        stages.forEach(stage -> stage.todos(1, 1));
        int polls = polled.upstream().callCount();
        assertTrue(polled.upstream().awaitCalls(polls + 3 * (stages.size() + 1), Patience.LIMIT));
        ioThreadReleased.set(true);

        stages.forEach(stage -> assertName("stage-runtime", client, stream));
        assertEquals(before + 1, client.dataFrames(stream));
    }

    @Test
    void snapshotIsAnsweredAndTheConnectionGoesOn() {
        Http2Client client = connect(Http2Client.WIDE);
        int stayer = open(client, STREAM);

        int snapshot = client.get("/snapshots/checkout");

        assertEquals(200, client.status(snapshot));
        assertTrue(client.rest(snapshot).startsWith("{\"stackId\":\"checkout\""));
        awaitStreams(1);
        stage().todos(1, 1);
        assertName("stage-runtime", client, stayer);
    }

    @Test
    void snapshotThatItsClientResetsMeanwhileIsNotPolledFor() {
        stage();
        polled.stack().hold();
        Http2Client client = connect(Http2Client.WIDE);
        int snapshot = client.get("/snapshots/checkout");
        ScriptedCall poll = polled.upstream().awaitHeld(Patience.LIMIT).orElseThrow();

        client.reset(snapshot);

        assertTrue(poll.awaitCancelled(Patience.LIMIT));
        awaitStreams(0);
    }

    @Test
    void streamThatItsClientResetsIsFreedAtOnceAndAlone() {
        Http2Client client = connect(Http2Client.WIDE);
        int leaver = open(client, STREAM);
        int stayer = open(client, STREAM);

        client.reset(leaver);

        awaitStreams(1);
        stage().todos(1, 1);
        assertName("stage-runtime", client, stayer);
        client.roundTrip();
        assertFalse(client.wasReset(leaver), "A reset must not be answered by a reset.");
    }

    @Test
    void lastOfTheStreamsThatIsResetEndsThePoll() {
        Http2Client client = connect(Http2Client.WIDE);
        int stream = open(client, STREAM);
        polled.stack().hold();
        ScriptedCall poll = polled.upstream().awaitHeld(Patience.LIMIT).orElseThrow();

        client.reset(stream);

        assertTrue(poll.awaitCancelled(Patience.LIMIT));
        awaitStreams(0);
    }

    @Test
    void resetBeforeTheStreamOpensEndsTheFirstPoll() {
        stage();
        polled.stack().hold();
        Http2Client client = connect(Http2Client.WIDE);
        int stream = client.get(STREAM);
        ScriptedCall poll = polled.upstream().awaitHeld(Patience.LIMIT).orElseThrow();

        client.reset(stream);

        assertTrue(poll.awaitCancelled(Patience.LIMIT));
        awaitStreams(0);
    }

    @Test
    void endOfTheConnectionEndsAllItsStreams() {
        Http2Client client = connect(Http2Client.WIDE);
        Http2Client other = connect(Http2Client.WIDE);
        open(client, STREAM);
        open(client, STREAM);
        int stayer = open(other, STREAM);

        client.close();

        awaitStreams(1);
        stage().todos(1, 1);
        assertName("stage-runtime", other, stayer);
    }

    @Test
    void streamThatEndsLeavesTheConnectionToTheOthers() {
        polled.upstream().stack("other").stage("s1");
        Http2Client client = connect(Http2Client.WIDE);
        int gone = open(client, STREAM);
        int stayer = open(client, "/streams/other");

        polled.stack().failsWith(ErrorCode.STACK_NOT_FOUND);

        assertTrue(client.rest(gone).endsWith("\"retryable\":false}\nbye STACK_GONE\n"));
        awaitStreams(1);
        polled.upstream().stack("other").stage("s1").todos(1, 1);
        assertName("stage-runtime", client, stayer);
        assertFalse(client.wasReset(gone));
    }

    @Test
    void refusalLeavesTheConnectionToTheOthers() {
        Http2Client client = connect(Http2Client.WIDE);
        int stayer = open(client, STREAM);

        int missing = client.get("/streams/missing");
        assertEquals(404, client.status(missing));
        assertTrue(client.rest(missing).contains("Stack not found."));
        int empty = client.get("/streams/%20");
        assertEquals(400, client.status(empty));

        stage().todos(1, 1);
        assertName("stage-runtime", client, stayer);
        awaitStreams(1);
    }

    @Test
    void drainingSaysItsLastWordOnEveryStream() {
        Http2Client client = connect(Http2Client.WIDE);
        int one = open(client, STREAM);
        int another = open(client, STREAM);

        polled.registry().close();

        assertEquals("bye DRAINING\n", client.rest(one));
        assertEquals("bye DRAINING\n", client.rest(another));
        awaitStreams(0);
    }

    @Test
    void hundredsOfStreamsThatAreResetAtOnceLeaveNothingBehind() {
        Http2Client client = connect(Http2Client.WIDE);
        Http2Client other = connect(Http2Client.WIDE);
        int stayer = open(other, STREAM);

        for (int i = 0; i < 500; i++) {
            client.reset(client.get(STREAM));
        }
        client.roundTrip();

        awaitStreams(1);
        stage().todos(1, 1);
        assertName("stage-runtime", other, stayer);
    }
}
