package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A connection that opens a stream and reads only on demand. */
final class RawStream implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int RECEIVE_BUFFER_BYTES = 4 * 1024;

    private final Socket socket = new Socket();

    private RawStream() {}

    /** Connects with a small receive buffer, and requests the stream. */
    static RawStream open(int port, String stack) throws IOException {
        RawStream stream = new RawStream();
        stream.socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
        stream.socket.setSoTimeout(PATIENCE_MILLIS);
        stream.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        String request = "GET /api/stacks/" + stack + "/runtime/stream HTTP/1.1\r\nHost: localhost\r\n\r\n";
        stream.socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return stream;
    }

    /** Reads up to a text, and returns all input so far. */
    String readUntil(String wanted) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(wanted) < 0) {
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                throw new IOException("The stream ended without '" + wanted + "': " + read);
            }
            read.append((char) octet);
        }
        return read.toString();
    }

    /** Reads until the server ends the stream, in any way. */
    void readToEnd() throws IOException {
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketException reset) {
            assertEquals("Connection reset", reset.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
