package dev.stacked.runtime.transport.sse;

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
import java.util.Map;
import java.util.TreeMap;

/** A client to the byte. It reads only what it is asked for, so one that is not asked stalls. */
final class RawClient implements AutoCloseable {
    private final Socket socket = new Socket();
    private final InputStream in;

    /** @param receiveBuffer bytes that the kernel takes without being read; 0 for its own choice */
    RawClient(URI server, int receiveBuffer) {
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setSoTimeout((int) SseRun.PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
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
        return send(head.append("\r\n").toString());
    }

    RawClient send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
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
        String[] lines = until("\r\n\r\n").split("\r\n", -1);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length - 2; i++) {
            String[] header = lines[i].split(": ", 2);
            String twice = headers.put(header[0], header[1]);
            if (twice != null) {
                throw new AssertionError("A header occurs twice: " + lines[i]);
            }
        }
        return new Head(lines[0], headers);
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

    /** What a stream sends up to and with the next empty line. */
    String block() {
        return until("\n\n");
    }

    private String until(String end) {
        byte[] wanted = end.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int matched = 0;
        try {
            while (matched < wanted.length) {
                int octet = in.read();
                if (octet < 0) {
                    throw new EOFException("The connection ended after: " + text);
                }
                text.write(octet);
                matched = octet == wanted[matched] ? matched + 1 : octet == wanted[0] ? 1 : 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    /** Everything until the server ends the connection. */
    String rest() {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
