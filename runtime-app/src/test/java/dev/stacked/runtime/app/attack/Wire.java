package dev.stacked.runtime.app.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A connection for raw bytes. One thread may read while another writes; closing ends both. */
final class Wire implements AutoCloseable {
    /** Longer than the pause of {@link PauseIT}. */
    static final int PATIENCE_MILLIS = Length.ofThisBuild().pick(30_000, 90_000);

    private final Socket tcp;
    private final Socket socket;

    /**
     * @param tcp the connection
     * @param socket the same socket, or TLS over it
     */
    Wire(Socket tcp, Socket socket) {
        this.tcp = tcp;
        this.socket = socket;
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Sends text, one byte per character. */
    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads the available bytes, at least one; returns a negative number at the end. */
    int read(byte[] buffer) throws IOException {
        return socket.getInputStream().read(buffer);
    }

    /** Reads exactly this many bytes. */
    byte[] readExactly(int length) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("The server ended the connection.");
        }
        return bytes;
    }

    /** Reads and drops everything until the server closes the connection. */
    void readToEnd() throws IOException {
        byte[] buffer = new byte[16 * 1024];
        while (read(buffer) >= 0) {
            // Dropped.
        }
    }

    /** Whether the server has closed the connection; drops other input. */
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

    /** Closes the connection at once, without a TLS close_notify, which would wait for a writing thread. */
    @Override
    public void close() {
        try {
            tcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
