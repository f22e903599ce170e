package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.testkit.Patience;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Streams over HTTP/2 whose window is exhausted, and connections that take nothing. */
final class Http2WindowIT extends Http2StreamFixture {
    @Test
    void snapshotForWhichNoWindowIsOpenedIsResetAlone() {
        Http2Client client = connect(0);
        stage();
        client.get("/snapshots/checkout");
        assertTrue(polled.upstream().awaitCalls(2, Patience.LIMIT));

        awaitStreams(0);

        client.roundTrip();
    }

    @Test
    void streamWithoutWindowGetsNewestStateAndNoBacklogWhenItReadsAgain() {
        Http2Client slow = connect(ONE_CHANGE / 2);
        Http2Client live = connect(Http2Client.WIDE);
        int stalled = open(slow, STREAM);
        int reader = open(live, STREAM);

        for (String letter : List.of("a", "b", "c", "d")) {
            changeMuch(letter);
            assertName("stage-runtime", live, reader);
        }
        slow.roundTrip();
        assertTrue(slow.received(stalled).length() <= ONE_CHANGE / 2, "More was sent than there is window.");
        slow.grant(stalled, Http2Client.WIDE);

        assertTrue(slow.line(stalled).contains("aaaa"), "What was on its way comes first.");
        assertTrue(slow.line(stalled).contains("dddd"), "Then the newest.");
    }

    @Test
    void stalledStreamHoldsNobodyElseOnItsConnectionUp() {
        Http2Client client = connect(ONE_CHANGE / 2);
        int stalled = open(client, STREAM);
        int reader = open(client, STREAM);
        client.grant(reader, Http2Client.WIDE);

        for (String letter : List.of("a", "b", "c", "d")) {
            changeMuch(letter);
            assertTrue(client.line(reader).contains(letter.repeat(100)));
        }
        assertFalse(client.wasReset(stalled));
    }

    @Test
    void restOfAnEventFollowsAsSoonAsThereIsWindowForIt() {
        Http2Client client = connect(ONE_CHANGE);
        int stream = open(client, STREAM);
        changeMuch("x");
        client.roundTrip();

        int grants = 0;
        while (!client.received(stream).endsWith("\n")) {
            client.grant(stream, 100);
            client.roundTrip();
            grants++;
        }

        assertTrue(grants > 1, "The window was too wide for this test.");
        assertName("stage-runtime", client, stream);
    }

    @Test
    void streamThatTakesNothingIsCutOffAloneAfterTheWriteTimeout() {
        Http2Client client = connect(ONE_CHANGE / 2);
        int stalled = open(client, IMPATIENT_STREAM);
        int reader = open(client, STREAM);
        client.grant(reader, Http2Client.WIDE);

        changeMuch("x");

        assertName("stage-runtime", client, reader);
        assertEquals(Http2Client.CANCEL, client.resetCode(stalled));
        awaitStreams(1);
        stage().todos(1, 1);
        assertName("stage-runtime", client, reader);
    }

    @Test
    void streamThatIsResetWhileItIsStalledIsFreedAtOnce() {
        Http2Client client = connect(ONE_CHANGE / 2);
        int stalled = open(client, STREAM);
        changeMuch("x");
        client.roundTrip();

        client.reset(stalled);
        client.roundTrip();

        assertEquals(0, admission.openStreams());
        awaitStreams(0);
        assertFalse(client.wasReset(stalled), "A reset must not be answered by a reset.");
        int next = client.get(STREAM);
        client.grant(next, Http2Client.WIDE);
        assertEquals("hello", client.line(next));
        assertName("snapshot", client, next);
    }

    @Test
    void connectionThatTakesNothingIsGivenUpWithAllItsStreams() {
        Http2Client deaf = connect(Http2Client.WIDE, 4096);
        Http2Client live = connect(Http2Client.WIDE);
        open(deaf, IMPATIENT_STREAM);
        open(deaf, IMPATIENT_STREAM);
        int reader = open(live, STREAM);

        changeMuch("x");

        assertName("stage-runtime", live, reader);
        awaitStreams(1);
        stage().todos(1, 1);
        assertName("stage-runtime", live, reader);
    }
}
