package dev.stacked.runtime.app.security;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A connection to the server for raw bytes. Text has one byte per character. */
final class RawConnection implements AutoCloseable {
    /** Time limit of a wait before the test fails; generous, since machines may be busy. */
    static final int PATIENCE_MILLIS = 40_000;

    /** The headers that ask for a WebSocket. */
    static final String UPGRADE = String.join(
            "\r\n",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "");

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/\\d\\.\\d \\d{3} ");

    private final Socket socket = new Socket();

    RawConnection(int port) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    RawConnection send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Reads up to a text, and returns all input so far. */
    String readUntil(String wanted) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(wanted) < 0) {
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                throw new IOException("The connection ended without '" + wanted + "': " + read);
            }
            read.append((char) octet);
        }
        return read.toString();
    }

    /** Reads until the server closes the connection, possibly by a reset because of unread input. */
    String rest() throws IOException {
        long begin = System.nanoTime();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int count = read(buffer); count >= 0; count = read(buffer)) {
                read.write(buffer, 0, count);
                if (System.nanoTime() - begin > TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)) {
                    throw new IOException("The connection does not end: " + read.toString(StandardCharsets.ISO_8859_1));
                }
            }
        } catch (SocketException reset) {
            // A reset is an end, too.
        }
        return read.toString(StandardCharsets.ISO_8859_1);
    }

    private int read(byte[] buffer) throws IOException {
        return socket.getInputStream().read(buffer);
    }

    /** Number of responses in a text. */
    static long count(String answers) {
        return STATUS_LINE.matcher(answers).results().count();
    }

    Socket socket() {
        return socket;
    }

    /** Resets the connection. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
