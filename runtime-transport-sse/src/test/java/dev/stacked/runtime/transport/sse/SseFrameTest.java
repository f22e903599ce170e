package dev.stacked.runtime.transport.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.EventId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class SseFrameTest {
    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    @Test
    void eventWithAnIdHasThreeFields() {
        EncodedEvent event = EncodedEvent.of(new EventId("k3v9q2", 41), "snapshot", "{\"a\":\"ü\"}");

        assertEquals("id: k3v9q2-41\nevent: snapshot\ndata: {\"a\":\"ü\"}\n\n", text(SseFrame.FRAMING.apply(event)));
    }

    @Test
    void eventWithoutAnIdHasNoIdLine() {
        EncodedEvent event = EncodedEvent.of(null, "heartbeat", "{}");

        assertEquals("event: heartbeat\ndata: {}\n\n", text(SseFrame.FRAMING.apply(event)));
    }

    @Test
    void bytesAreMadeOnceForAllStreams() {
        EncodedEvent event = EncodedEvent.of(null, "heartbeat", "{}");

        assertSame(event.framed(SseFrame.FRAMING), event.framed(SseFrame.FRAMING));
    }

    @Test
    void greetingNamesTheRetryAndShowsThatTheStreamIsOpen() {
        assertEquals("retry: 2140\n: connected\n", text(SseFrame.greeting(2140)));
    }
}
