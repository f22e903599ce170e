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
 * A client of HTTP/1.1 to the byte: it sends anything at all. It reads only what it is asked for, so that one that is not
 * asked stalls as a real one would, and waits no longer than {@link Patience#LIMIT} for each read. Not thread-safe.
 */
public final class RawClient implements AutoCloseable {
    private final Socket socket = new Socket();
    private final InputStream in;

    /** A connection on which nothing was sent yet. */
    public RawClient(URI server) {
        this(server, 0);
    }

    /**
     * A connection on which nothing was sent yet.
     *
     * @param receiveBuffer bytes that the kernel takes without being read; 0 for its own choice
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
     * @param headers each as its line, such as {@code Accept: text/plain}; a {@code Host} is sent in any case
     */
    public RawClient request(String method, String target, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return send(head.append("\r\n").toString());
    }

    /** Sends a text, one byte a character. */
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

    /** The head of the next answer. */
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

    /** The body that comes after a head which says how long it is. */
    public String body(ResponseHead head) {
        String length = head.headers().get("Content-Length");
        if (length == null) {
            throw new AssertionError("Without a length: " + head);
        }
        return exactly(Integer.parseInt(length));
    }

    /** The next line, without its end. */
    public String line() {
        return read(() -> readLine(in));
    }

    /** What comes up to and with the next empty line, as an event of SSE does. */
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

    /** Reads up to and with so many line ends in a row. */
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

    /** The next so many bytes, or fewer if the server ends the connection. */
    public String exactly(int bytes) {
        return read(() -> new String(in.readNBytes(bytes), StandardCharsets.UTF_8));
    }

    /** Everything until the server ends the connection. */
    public String rest() {
        return exactly(Integer.MAX_VALUE);
    }

    /** All that is yet to be read, for those who read it otherwise. */
    public InputStream in() {
        return in;
    }

    /** For bytes that are sent as they are. */
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

    /** Ends its own side, and could go on reading. */
    public void halfClose() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hangs up as a process that is killed with unread data does. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close();
    }

    /** Hangs up. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
