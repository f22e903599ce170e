package dev.stacked.runtime.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stacked.runtime.testkit.PolledUpstream;
import dev.stacked.runtime.testkit.ScriptedAccess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The end of a WebSocket whose access has been revoked. */
final class WebSocketAccessIT {
    private final ScriptedAccess access = new ScriptedAccess();
    private final WebSocketRun run = new WebSocketRun(
            PolledUpstream.SETTINGS.withHeartbeatInterval(Duration.ofMillis(500)), WebSocketRun.LIMITS, access);

    @AfterEach
    void stop() {
        run.close();
    }

    private static void assertClosedAsNotAllowed(FrameClient client) {
        List<String> frames = client.framesToTheEnd();
        assertEquals("close 1008", frames.get(frames.size() - 1));
    }

    @Test
    void answerThatTurnsToNoHasACodeOfItsOwn() {
        FrameClient client = run.openAndReadSnapshot();

        access.forbids();

        assertClosedAsNotAllowed(client);
    }

    @Test
    void soHasTheExpiry() {
        access.allowsFor(Duration.ofMinutes(1));
        FrameClient client = run.openAndReadSnapshot();

        access.pass(Duration.ofMinutes(1));

        assertClosedAsNotAllowed(client);
        run.awaitStreams(0);
    }
}
