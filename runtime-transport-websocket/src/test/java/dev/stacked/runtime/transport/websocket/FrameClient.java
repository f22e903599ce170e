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

/** A client with control over every frame. It reads and answers only on demand, so that it can stall. */
final class FrameClient implements AutoCloseable {
    private final RawClient http;

    /** @param receiveBuffer size of the kernel's receive buffer in bytes; 0 for the default */
    FrameClient(URI server, int receiveBuffer) {
        http = new RawClient(server, receiveBuffer);
    }

    /** Sends an HTTP/1.1 request without a body. */
    FrameClient request(String method, String target, String... headers) {
        http.request(method, target, headers);
        return this;
    }

    /** Requests the upgrade, with the example key of RFC 6455. */
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

    /** Reads the body of a response with {@code Content-Length}. */
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

    /** Reads the next frame, which must be a text, and returns its text. */
    String text() {
        Frame frame = frame();
        assertEquals(Frame.TEXT, frame.opcode(), frame::toString);
        return frame.text();
    }

    /** Waits for input, and leaves it unread: a frame larger than the socket's buffers has stalled its stream. */
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

    /** Reads all frames until the server closes the connection, which must happen between frames. */
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

    /** Closes the sending side; reading remains possible. */
    void halfClose() {
        http.halfClose();
    }

    /** Resets the connection, like a process that is killed with unread data. */
    void reset() {
        http.reset();
    }

    @Override
    public void close() {
        http.close();
    }
}
