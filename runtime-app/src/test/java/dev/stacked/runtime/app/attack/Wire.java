package dev.stacked.runtime.app.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A connection that sends any bytes. One thread may read while another writes; closing ends both. */
final class Wire implements AutoCloseable {
    /** Longer than the pause of {@link PauseIT}. */
    static final int PATIENCE_MILLIS = Length.ofThisBuild().pick(30_000, 90_000);

    private final Socket tcp;
    private final Socket socket;

    /**
     * @param tcp the connection
     * @param socket the same, or TLS on it
     */
    Wire(Socket tcp, Socket socket) {
        this.tcp = tcp;
        this.socket = socket;
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Sends text, one byte for each character. */
    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads what is there, at least one byte; a negative number at the end. */
    int read(byte[] buffer) throws IOException {
        return socket.getInputStream().read(buffer);
    }

    /** Reads exactly so many bytes. */
    byte[] readExactly(int length) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("The server ended the connection.");
        }
        return bytes;
    }

    /** Reads and drops everything until the server ends the connection. */
    void readToEnd() throws IOException {
        byte[] buffer = new byte[16 * 1024];
        while (read(buffer) >= 0) {
            // Dropped.
        }
    }

    /** Whether the server has ended the connection; what else it sent is dropped. */
    boolean hasEnded() throws IOException {
        tcp.setSoTimeout(1);
        try {
            return tcp.getInputStream().read(new byte[1024]) < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Closes the connection at once. TLS says no farewell, as that would wait for a thread that writes. */
    @Override
    public void close() {
        try {
            tcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
