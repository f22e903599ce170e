package dev.stacked.runtime.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.EventId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerFrameTest {
    private static final EventId ID = new EventId("k3v9q2", 41);

    private static List<Frame> read(ByteBuffer bytes) throws IOException {
        byte[] array = new byte[bytes.remaining()];
        bytes.duplicate().get(array);
        ByteArrayInputStream in = new ByteArrayInputStream(array);
        List<Frame> frames = new ArrayList<>();
        while (in.available() > 0) {
            frames.add(Frame.read(in));
        }
        return frames;
    }

    private static Frame readOne(ByteBuffer bytes) throws IOException {
        List<Frame> frames = read(bytes);
        assertEquals(1, frames.size());
        return frames.get(0);
    }

    @Test
    void eventIsOneTextFrame() throws IOException {
        Frame frame = readOne(ServerFrame.FRAMING.apply(EncodedEvent.of(ID, "snapshot", "{\"a\":\"ü\"}")));

        assertEquals(Frame.TEXT, frame.opcode());
        assertEquals("{\"id\":\"k3v9q2-41\",\"event\":\"snapshot\",\"data\":{\"a\":\"ü\"}}", frame.text());
    }

    @Test
    void eventWithoutAnIdSaysNoId() throws IOException {
        Frame frame = readOne(ServerFrame.FRAMING.apply(EncodedEvent.of(null, "error", "{}")));

        assertEquals("{\"event\":\"error\",\"data\":{}}", frame.text());
    }

    @Test
    void heartbeatBringsAPingAlong() throws IOException {
        List<Frame> frames = read(ServerFrame.FRAMING.apply(EncodedEvent.of(null, "heartbeat", "{}")));

        assertEquals(2, frames.size());
        assertEquals("{\"event\":\"heartbeat\",\"data\":{}}", frames.get(0).text());
        assertEquals(Frame.PING, frames.get(1).opcode());
        assertEquals("", frames.get(1).text());
    }

    /** Lengths around the limits of the three encodings. */
    @ParameterizedTest
    @ValueSource(ints = {28, 124, 125, 126, 127, 65534, 65535, 65536, 1 << 20})
    void everyLengthIsWrittenInItsShortestForm(int length) throws IOException {
        String around = "{\"event\":\"error\",\"data\":\"\"}";
        String data = "\"" + "x".repeat(length - around.length()) + "\"";

        Frame frame = readOne(ServerFrame.FRAMING.apply(EncodedEvent.of(null, "error", data)));

        assertEquals(length, frame.length());
        assertEquals("{\"event\":\"error\",\"data\":" + data + "}", frame.text());
    }

    @Test
    void lengthIsCountedInBytes() throws IOException {
        String data = "\"" + "🚀".repeat(50) + "\"";

        assertEquals(
                "{\"event\":\"error\",\"data\":" + data + "}",
                readOne(ServerFrame.FRAMING.apply(EncodedEvent.of(null, "error", data)))
                        .text());
    }

    @Test
    void bytesAreMadeOnceForAllStreams() {
        EncodedEvent event = EncodedEvent.of(ID, "snapshot", "{}");

        assertSame(event.framed(ServerFrame.FRAMING), event.framed(ServerFrame.FRAMING));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125})
    void pongCarriesThePayloadOfThePing(int length) throws IOException {
        String payload = "x".repeat(length);

        Frame frame = readOne(ServerFrame.pong(payload.getBytes(StandardCharsets.UTF_8)));

        assertEquals(Frame.PONG, frame.opcode());
        assertEquals(payload, frame.text());
    }

    @ParameterizedTest
    @EnumSource(CloseCode.class)
    void closeCarriesItsCodeAndReasonInAControlFrame(CloseCode code) throws IOException {
        Frame frame = readOne(ServerFrame.close(code));

        assertEquals(Frame.CLOSE, frame.opcode());
        assertEquals(code.code(), frame.closeCode());
        assertEquals(
                code.reason(),
                frame.text().substring(frame.text().length() - code.reason().length()));
        assertEquals(2 + code.reason().length(), frame.length());
    }
}
