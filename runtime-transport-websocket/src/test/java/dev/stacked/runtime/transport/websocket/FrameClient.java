package dev.stacked.runtime.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.testkit.RawClient;
import dev.stacked.runtime.testkit.ResponseHead;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A client to the frame. It reads and answers only what it is asked to, so one that is not asked stalls. */
final class FrameClient implements AutoCloseable {
    private final RawClient http;

    /** @param receiveBuffer bytes that the kernel takes without being read; 0 for its own choice */
    FrameClient(URI server, int receiveBuffer) {
        http = new RawClient(server, receiveBuffer);
    }

    /** Sends a request of HTTP/1.1 without a body. */
    FrameClient request(String method, String target, String... headers) {
        http.request(method, target, headers);
        return this;
    }

    /** Asks for the upgrade, with the key that RFC 6455 has for its example. */
    FrameClient upgrade(String target, String... headers) {
        List<String> all = new ArrayList<>(List.of(
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
        all.addAll(List.of(headers));
        return request("GET", target, all.toArray(String[]::new));
    }

    FrameClient send(Frame... frames) {
        for (Frame frame : frames) {
            send(frame.masked());
        }
        return this;
    }

    FrameClient send(byte[] bytes) {
        http.send(bytes);
        return this;
    }

    ResponseHead head() {
        return http.head();
    }

    /** The body of an answer that says how long it is. */
    String body(ResponseHead head) {
        return http.body(head);
    }

    Frame frame() {
        try {
            return Frame.read(http.in());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of the next frame, which must be one. */
    String text() {
        Frame frame = frame();
        assertEquals(Frame.TEXT, frame.opcode(), frame::toString);
        return frame.text();
    }

    /** Waits until something arrives, and leaves it unread: a frame that no socket takes whole has stalled its stream. */
    FrameClient awaitArrival() {
        InputStream in = http.in();
        try {
            in.mark(1);
            assertTrue(in.read() >= 0, "The server has ended the connection.");
            in.reset();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** All frames until the server ends the connection; that it must do, and not within a frame. */
    List<String> framesToTheEnd() {
        List<String> frames = new ArrayList<>();
        InputStream in = http.in();
        try {
            in.mark(1);
            while (in.read() >= 0) {
                in.reset();
                frames.add(Frame.read(in).toString());
                in.mark(1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return frames;
    }

    /** Ends its own side, and could go on reading. */
    void halfClose() {
        http.halfClose();
    }

    /** Hangs up as a process that is killed with unread data does. */
    void reset() {
        http.reset();
    }

    @Override
    public void close() {
        http.close();
    }
}
