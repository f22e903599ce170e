package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.RawClient;
import io.undertow.server.HttpServerExchange;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Exchanges that are not complete when their connection is closed: no timer keeps them until it is due. */
final class ClosedConnectionIT {
    private static final Duration LONG = Duration.ofHours(1);

    private final Queue<WeakReference<HttpServerExchange>> seen = new ConcurrentLinkedQueue<>();
    private final Routes routes =
            new Routes(Map.of("/file", file -> file.getResponseSender().send("x".repeat(1024))), LONG, () -> 0);
    private final TestServer server = new TestServer(exchange -> {
        seen.add(new WeakReference<>(exchange));
        routes.handleRequest(exchange);
    });

    @AfterEach
    void stop() {
        server.close();
    }

    private void awaitRequest() {
        Patience.await("a request", () -> !seen.isEmpty());
    }

    private void awaitNothingLeft() {
        Patience.await("the collection of the exchange", () -> {
            System.gc();
            return seen.stream().allMatch(reference -> reference.refersTo(null));
        });
    }

    @Test
    void http2RequestWhoseBodyIsMissingLeavesNothing() {
        try (Http2Client client = new Http2Client(server.port(), Http2Client.WIDE, 0, Patience.LIMIT)) {
            client.postWithoutBody("/file");
            awaitRequest();
        }

        awaitNothingLeft();
    }

    @Test
    void http1RequestWhoseBodyIsMissingLeavesNothing() {
        try (RawClient client = new RawClient(server.base())) {
            client.send("POST /file HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\n");
            awaitRequest();
        }

        awaitNothingLeft();
    }

    @Test
    void http2AnswerThatWaitsForItsWindowLeavesNothing() {
        try (Http2Client client = new Http2Client(server.port(), 0, 0, Patience.LIMIT)) {
            client.get("/file");
            client.roundTrip();
        }

        awaitNothingLeft();
    }
}
