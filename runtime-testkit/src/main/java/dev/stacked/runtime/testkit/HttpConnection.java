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
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One HTTP request on a socket of its own, and its answer. It reads from the socket only what it is asked for, so that a
 * client that is not asked stalls as a real one would. Not thread-safe.
 */
public final class HttpConnection implements AutoCloseable {
    private final Socket socket;
    private final InputStream raw;
    private final int status;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private HttpConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.raw = new BufferedInputStream(socket.getInputStream(), 1024);
        this.status = Integer.parseInt(readLine(raw).split(" ", 3)[1]);
        for (String line = readLine(raw); !line.isEmpty(); line = readLine(raw)) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
    }

    /** A request that is yet to be sent. */
    static Request request(URI base, String method, String target) {
        return new Request(base, method, target, Map.of(), 0);
    }

    /**
     * A request that is yet to be sent.
     *
     * @param receiveBuffer bytes that the socket takes without being read; 0 for the system's choice
     */
    record Request(URI base, String method, String target, Map<String, String> headers, int receiveBuffer) {
        Request withHeaders(Map<String, String> value) {
            return new Request(base, method, target, value, receiveBuffer);
        }

        Request withReceiveBuffer(int bytes) {
            return new Request(base, method, target, headers, bytes);
        }

        /** Sends it, and waits for the head of the answer. */
        HttpConnection send(Duration timeout) {
            try {
                Socket socket = sendOnly();
                socket.setSoTimeout((int) timeout.toMillis());
                return new HttpConnection(socket);
            } catch (IOException e) {
                throw new UncheckedIOException("No answer to " + method + " " + target, e);
            }
        }

        /** Sends it, and leaves the answer alone. */
        Socket sendOnly() throws IOException {
            Socket socket = new Socket();
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(new InetSocketAddress(base.getHost(), base.getPort()));
            socket.getOutputStream().write(head().getBytes(StandardCharsets.US_ASCII));
            return socket;
        }

        private String head() {
            StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
            head.append("Host: ").append(base.getAuthority()).append("\r\n");
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            return head.append("\r\n").toString();
        }
    }

    /** The status of the answer. */
    public int status() {
        return status;
    }

    /** A header of the answer, by its name in any case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The body of the answer, taken out of its chunks; everything from then on if the connection was upgraded. */
    public InputStream in() {
        boolean chunked =
                header("Transfer-Encoding").filter("chunked"::equalsIgnoreCase).isPresent();
        return chunked ? new ChunkedInput(raw) : raw;
    }

    /** What the client may send on an upgraded connection. */
    public OutputStream out() {
        try {
            return socket.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole body of the answer, which must say how long it is. */
    String body() {
        try {
            byte[] bytes = header("Content-Length").isPresent()
                    ? raw.readNBytes(Integer.parseInt(headers.get("Content-Length")))
                    : in().readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /** Reads up to a line end and leaves what follows it. */
    static String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("The connection ended within a line: " + line);
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }
}
