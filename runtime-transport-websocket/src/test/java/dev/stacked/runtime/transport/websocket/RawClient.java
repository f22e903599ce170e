package dev.stacked.runtime.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A client to the byte. It reads and answers only what it is asked to, so one that is not asked stalls. */
final class RawClient implements AutoCloseable {
    private final Socket socket = new Socket();
    private final InputStream in;

    /** @param receiveBuffer bytes that the kernel takes without being read; 0 for its own choice */
    RawClient(URI server, int receiveBuffer) {
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setSoTimeout((int) WebSocketRun.PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream(), 1024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a request of HTTP/1.1 without a body. */
    RawClient request(String method, String target, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return send(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Asks for the upgrade, with the key that RFC 6455 has for its example. */
    RawClient upgrade(String target, String... headers) {
        List<String> all = new ArrayList<>(List.of(
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
        all.addAll(List.of(headers));
        return request("GET", target, all.toArray(String[]::new));
    }

    RawClient send(Frame... frames) {
        for (Frame frame : frames) {
            send(frame.masked());
        }
        return this;
    }

    RawClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The status line and the headers of an answer; header names in any case. */
    record Head(String status, Map<String, String> headers) {
        String header(String name) {
            return headers.getOrDefault(name, "absent");
        }
    }

    Head head() {
        String status = line();
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            String[] header = line.split(": ", 2);
            headers.put(header[0], header[1]);
        }
        return new Head(status, headers);
    }

    private String line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int octet = in.read(); octet != '\n'; octet = in.read()) {
                if (octet < 0) {
                    throw new EOFException("The connection ended within: " + line);
                }
                line.write(octet);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    /** The body of an answer that says how long it is. */
    String body(Head head) {
        try {
            byte[] body = in.readNBytes(Integer.parseInt(head.header("Content-Length")));
            return new String(body, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Frame frame() {
        try {
            return Frame.read(in);
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

    /** All frames until the server ends the connection; that it must do, and not within a frame. */
    List<String> framesToTheEnd() {
        List<String> frames = new ArrayList<>();
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
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hangs up as a process that is killed with unread data does. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
