package dev.stacked.runtime.transport.testkit;

import dev.stacked.runtime.testkit.RawClient;
import dev.stacked.runtime.testkit.ResponseHead;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request on a socket of its own, and its answer. It reads from the socket only what it is asked for, so that a
 * client that is not asked stalls as a real one would. Not thread-safe.
 */
public final class HttpConnection implements AutoCloseable {
    private final RawClient client;
    private final ResponseHead head;

    private HttpConnection(RawClient client) {
        this.client = client;
        this.head = client.head();
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
        HttpConnection send() {
            try {
                return new HttpConnection(sendOnly());
            } catch (UncheckedIOException e) {
                throw new UncheckedIOException("No answer to " + method + " " + target, e.getCause());
            }
        }

        /** Sends it, and leaves the answer alone. */
        RawClient sendOnly() {
            return new RawClient(base, receiveBuffer).send(head());
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
        return head.status();
    }

    /** A header of the answer, by its name in any case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(head.headers().get(name));
    }

    /** The body of the answer, taken out of its chunks; everything from then on if the connection was upgraded. */
    public InputStream in() {
        boolean chunked =
                header("Transfer-Encoding").filter("chunked"::equalsIgnoreCase).isPresent();
        return chunked ? new ChunkedInput(client.in()) : client.in();
    }

    /** What the client may send on an upgraded connection. */
    public OutputStream out() {
        return client.out();
    }

    /** The whole body of the answer. */
    String body() {
        if (header("Content-Length").isPresent()) {
            return client.body(head);
        }
        try {
            return new String(in().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hangs up. */
    @Override
    public void close() {
        client.close();
    }
}
