package dev.stacked.runtime.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.testkit.PolledUpstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pings in both directions. */
final class WebSocketPingIT {
    private WebSocketRun run = new WebSocketRun();

    private void restart(Duration heartbeatInterval) {
        run.close();
        run = new WebSocketRun(PolledUpstream.SETTINGS.withHeartbeatInterval(heartbeatInterval));
    }

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void pingIsAnsweredWithItsPayload() {
        FrameClient client = run.openAndReadSnapshot();

        client.send(Frame.of(Frame.PING, "are you there? ✓"));

        assertEquals(
                Frame.of(Frame.PONG, "are you there? ✓").toString(),
                client.frame().toString());
    }

    @Test
    void pingsAreAnsweredWhileEventsFlow() {
        FrameClient client = run.openAndReadSnapshot();
        List<String> pongs = new ArrayList<>();
        int changes = 0;
        for (int i = 1; i <= 100; i++) {
            run.stage().todos(i, 100);
            client.send(Frame.of(Frame.PING, "ping " + i));
            for (int read = 0; read < 2; read++) {
                Frame frame = client.frame();
                if (frame.opcode() == Frame.PONG) {
                    pongs.add(frame.text());
                } else {
                    changes++;
                    assertTrue(frame.text().contains("\"todoCompleted\":" + i + ","), frame::text);
                }
            }
            assertEquals("ping " + i, pongs.get(pongs.size() - 1));
        }

        assertEquals(100, pongs.size());
        assertEquals(100, changes);
    }

    @Test
    void pingInTheMiddleOfAFragmentedMessageIsAnswered() {
        FrameClient client = run.openAndReadSnapshot();

        client.send(
                Frame.of(Frame.TEXT, 10).fragment(), Frame.of(Frame.PING, "between"), Frame.of(Frame.CONTINUATION, 10));

        assertEquals(Frame.of(Frame.PONG, "between").toString(), client.frame().toString());
    }

    @Test
    void pingComesAlongWithEachHeartbeat() {
        restart(Duration.ofMillis(50));
        FrameClient client = run.openAndReadSnapshot();

        for (int i = 0; i < 2; i++) {
            assertTrue(client.text().startsWith("{\"event\":\"heartbeat\""));
            assertEquals(Frame.of(Frame.PING, "").toString(), client.frame().toString());
        }
    }

    @Test
    void clientThatNeverAnswersIsCutOffAfterTwoIntervals() {
        restart(Duration.ofMillis(50));
        FrameClient client = run.openAndReadSnapshot();

        List<String> frames = client.framesToTheEnd();

        assertEquals(
                2,
                frames.stream()
                        .filter(Frame.of(Frame.PING, "").toString()::equals)
                        .count(),
                frames::toString);
        assertEquals(4, frames.size(), frames::toString);
        run.awaitStreams(0);
    }

    @Test
    void clientThatAnswersEverySecondPingStays() {
        restart(Duration.ofMillis(250));
        FrameClient client = run.openAndReadSnapshot();

        for (int ping = 1; ping <= 6; ping++) {
            client.text();
            assertEquals(Frame.PING, client.frame().opcode());
            if (ping % 2 == 0) {
                client.send(Frame.of(Frame.PONG, ""));
            }
        }

        assertEquals(1, run.server.openStreams());
    }

    @Test
    void textIsNoAnswerToAPing() {
        restart(Duration.ofMillis(50));
        FrameClient client = run.openAndReadSnapshot();
        client.send(Frame.of(Frame.TEXT, "pong"), Frame.of(Frame.PING, "x"));

        List<String> frames = client.framesToTheEnd();

        assertEquals(5, frames.size(), frames::toString);
    }
}
