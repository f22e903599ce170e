package dev.stacked.runtime.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * An HTTP/1.1 client with control over every byte: it can send malformed requests. It reads from the socket only on
 * demand, so that it stalls like a real client when the test does not read, and waits at most {@link Patience#LIMIT}
 * for each read. Not thread-safe.
 */
public final class RawClient implements AutoCloseable {
    private final Socket socket = new Socket();
    private final InputStream in;

    /** Connects, and sends nothing yet. */
    public RawClient(URI server) {
        this(server, 0);
    }

    /**
     * Connects, and sends nothing yet.
     *
     * @param receiveBuffer size of the kernel's receive buffer in bytes; 0 for the default
     */
    public RawClient(URI server, int receiveBuffer) {
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setSoTimeout((int) Patience.LIMIT.toMillis());
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream(), 1024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends a request without a body.
     *
     * @param headers header lines, such as {@code Accept: text/plain}; {@code Host} is always added
     */
    public RawClient request(String method, String target, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return send(head.append("\r\n").toString());
    }

    /** Sends a text, one byte per character. */
    public RawClient send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes as they are. */
    public RawClient send(byte[] bytes) {
        try {
            out().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the head of the next response. */
    public ResponseHead head() {
        String statusLine = line();
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            headers.merge(line.substring(0, colon), value, (first, next) -> first + ", " + next);
        }
        return new ResponseHead(statusLine, headers);
    }

    /** Reads the body after a head with {@code Content-Length}. */
    public String body(ResponseHead head) {
        String length = head.headers().get("Content-Length");
        if (length == null) {
            throw new AssertionError("No Content-Length: " + head);
        }
        return exactly(Integer.parseInt(length));
    }

    /** Reads the next line, without its line end. */
    public String line() {
        return read(() -> readLine(in));
    }

    /** Reads up to and including the next empty line, such as an SSE event. */
    public String block() {
        return read(() -> readUntil(2, in));
    }

    /**
     * Reads a line and nothing beyond its end.
     *
     * @throws EOFException if the stream ends before the line does
     */
    public static String readLine(InputStream in) throws IOException {
        return readUntil(1, in).stripTrailing();
    }

    /** Reads up to and including this many consecutive line ends. */
    private static String readUntil(int lineEnds, InputStream in) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int inARow = 0; inARow < lineEnds; ) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException("The connection ended after: " + text);
            }
            text.write(octet);
            inARow = octet == '\n' ? inARow + 1 : 0;
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    /** Reads this many bytes, or fewer if the server closes the connection. */
    public String exactly(int bytes) {
        return read(() -> new String(in.readNBytes(bytes), StandardCharsets.UTF_8));
    }

    /** Reads until the server closes the connection. */
    public String rest() {
        return exactly(Integer.MAX_VALUE);
    }

    /** The unread input, for callers with a reader of their own. */
    public InputStream in() {
        return in;
    }

    /** The output, for raw bytes. */
    public OutputStream out() {
        try {
            return socket.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Reading {
        String run() throws IOException;
    }

    private static String read(Reading reading) {
        try {
            return reading.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the sending side; reading remains possible. */
    public void halfClose() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Resets the connection, like a process that is killed with unread data. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close();
    }

    /** Closes the connection. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
