package dev.stacked.runtime.transport.testkit;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.testkit.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** The simplest transport that fulfils the contract: one JSON object per line, two threads per client. */
final class LineTransport implements TransportServer {
    private static final Pattern REQUEST =
            Pattern.compile("(\\S+) /stacks/([^/?]*)/lines(?:\\?lastEventId=(\\S*))? HTTP/1.1");

    private final PollerRegistry registry;
    private final TransportLimits limits;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger streams = new AtomicInteger();
    private volatile boolean draining;

    LineTransport(PollerRegistry registry, TransportLimits limits) {
        this.registry = registry;
        this.limits = limits;
        try {
            this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Matcher request = REQUEST.matcher(RawClient.readLine(socket.getInputStream()));
            for (String line = "-"; !line.isEmpty(); line = RawClient.readLine(socket.getInputStream())) {}
            answer(request, socket);
        } catch (IOException e) {
            return; // the client left
        }
    }

    private void answer(Matcher request, Socket socket) throws IOException {
        if (!request.matches()) {
            refuse(socket, 404, "route-not-found", "No such page.");
        } else if (!request.group(1).equals("GET")) {
            refuse(socket, 405, "method-not-allowed", "Only GET is allowed here.");
        } else {
            stream(socket, request.group(2), request.group(3));
        }
    }

    private void stream(Socket socket, String encodedId, String lastEventId) throws IOException {
        StackId id;
        try {
            id = new StackId(decode(encodedId));
        } catch (IllegalArgumentException e) {
            refuse(socket, 400, "invalid-input", e.getMessage());
            return;
        }
        if (draining) {
            refuse(socket, 503, "draining", "The server is shutting down.");
        } else if (streams.incrementAndGet() > limits.maxStreams()) {
            streams.decrementAndGet();
            refuse(socket, 503, "too-many-connections", "At most " + limits.maxStreams() + " streams.");
        } else {
            LineStream stream = new LineStream(socket, limits.writeTimeout(), streams::decrementAndGet);
            registry.stream(id, lastEventId == null ? null : decode(lastEventId))
                    .subscribe(stream);
            threads.execute(stream::watch);
            stream.write();
        }
    }

    static void refuse(Socket socket, int status, String code, String message) throws IOException {
        String body = JsonMapper.shared().writeValueAsString(Map.of("error", Map.of("code", code, "message", message)));
        String head = "HTTP/1.1 " + status + " Refused\r\nContent-Type: application/json\r\nCache-Control: no-store\r\n"
                + "Allow: GET\r\nRetry-After: 1\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length
                + "\r\n\r\n";
        socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
    }

    /** Unlike {@link java.net.URLDecoder}, it does not decode a plus. */
    private static String decode(String encoded) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        for (int i = 0; i < encoded.length(); i++) {
            if (encoded.charAt(i) == '%') {
                decoded.write(Integer.parseInt(encoded.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                decoded.write(encoded.charAt(i));
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    @Override
    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    @Override
    public void drain() {
        draining = true;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adapts this transport to the contract. */
    static final class Harness implements TransportHarness {
        @Override
        public TransportServer start(PollerRegistry registry, TransportLimits limits) {
            return new LineTransport(registry, limits);
        }

        @Override
        public String path(String encodedId) {
            return "/stacks/" + encodedId + "/lines";
        }

        @Override
        public EventReader reader(HttpConnection opened) {
            InputStream in = opened.in();
            return () -> {
                int first = in.read();
                if (first < 0) {
                    return null;
                }
                var json = JsonMapper.shared().readTree((char) first + RawClient.readLine(in));
                return new ReceivedEvent(
                        json.path("id").asString(null),
                        json.get("event").stringValue(),
                        json.get("data").toString());
            };
        }
    }
}
