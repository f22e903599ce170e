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
 * One HTTP request on its own socket, and its response. It reads from the socket only on demand, so that it stalls like
 * a real client when the test does not read. Not thread-safe.
 */
public final class HttpConnection implements AutoCloseable {
    private final RawClient client;
    private final ResponseHead head;

    private HttpConnection(RawClient client) {
        this.client = client;
        this.head = client.head();
    }

    /** Connects, and sends nothing yet. */
    static Request request(URI base, String method, String target) {
        return new Request(base, method, target, Map.of(), 0);
    }

    /**
     * Connects, and sends nothing yet.
     *
     * @param receiveBuffer size of the socket's receive buffer in bytes; 0 for the default
     */
    record Request(URI base, String method, String target, Map<String, String> headers, int receiveBuffer) {
        Request withHeaders(Map<String, String> value) {
            return new Request(base, method, target, value, receiveBuffer);
        }

        Request withReceiveBuffer(int bytes) {
            return new Request(base, method, target, headers, bytes);
        }

        /** Sends the request, and waits for the head of the response. */
        HttpConnection send() {
            try {
                return new HttpConnection(sendOnly());
            } catch (UncheckedIOException e) {
                throw new UncheckedIOException("No answer to " + method + " " + target, e.getCause());
            }
        }

        /** Sends the request, and reads nothing. */
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

    /** The status of the response. */
    public int status() {
        return head.status();
    }

    /** A header of the response, by case-insensitive name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(head.headers().get(name));
    }

    /** The decoded body of the response; all further input if the connection was upgraded. */
    public InputStream in() {
        boolean chunked =
                header("Transfer-Encoding").filter("chunked"::equalsIgnoreCase).isPresent();
        return chunked ? new ChunkedInput(client.in()) : client.in();
    }

    /** The output of an upgraded connection. */
    public OutputStream out() {
        return client.out();
    }

    /** The whole body of the response. */
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

    /** Closes the connection. */
    @Override
    public void close() {
        client.close();
    }
}
