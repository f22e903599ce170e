package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.access.Access;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.RegistryClosedException;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.RawClient;
import dev.stacked.runtime.testkit.ScriptedReconciler;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StackStreamsIT {
    private static final HttpHandler ECHO = exchange -> exchange.getRequestReceiver()
            .receiveFullString((request, body) -> request.getResponseSender().send("own: " + body));

    private final ScriptedReconciler upstream = new ScriptedReconciler();
    private final PollerRegistry registry = PollerRegistry.builder(upstream).build();
    private final HttpClient client = HttpClient.newHttpClient();
    private @Nullable TestServer running;

    private TestServer serve(HttpHandler handler) {
        TestServer server = new TestServer(handler);
        running = server;
        return server;
    }

    private StackStreamsBuilder builder() {
        upstream.stack("checkout").stage("s1").is("in-progress");
        return StackStreams.builder(registry).streams("/stacks/{id}/stream", new LineTransport());
    }

    @AfterEach
    void stop() {
        registry.close();
        if (running != null) {
            running.close();
        }
    }

    private HttpResponse<String> send(TestServer server, String method, String path, String body)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Patience.LIMIT)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void otherPathsReachTheOtherHandlerWithTheirBodies() throws Exception {
        TestServer server = serve(builder().build().before(ECHO));

        assertEquals("own: hello", send(server, "POST", "/upload", "hello").body());
    }

    @Test
    void otherPathsAreNotFoundWithoutAnotherHandler() throws Exception {
        TestServer server = serve(builder().build().handler());

        assertEquals(404, send(server, "POST", "/upload", "hello").statusCode());
    }

    @Test
    void snapshotAndRefreshAreServedWhereTheyAreAskedFor() throws Exception {
        TestServer server = serve(builder()
                .snapshot("/stacks/{id}")
                .refresh("/stacks/{id}/refresh")
                .build()
                .handler());

        assertTrue(send(server, "GET", "/stacks/checkout", "").body().contains("\"s1\""));
        assertEquals(202, send(server, "POST", "/stacks/checkout/refresh", "").statusCode());
    }

    @Test
    void authorizerIsAsked() throws Exception {
        TestServer server = serve(builder()
                .authorizer(request -> CompletableFuture.completedFuture(Access.forbidden("Not you.")))
                .build()
                .handler());

        assertEquals(403, send(server, "GET", "/stacks/checkout/stream", "").statusCode());
    }

    @Test
    void closingEndsTheStreamsAndTheRegistry() {
        StackStreams streams = builder().build();
        TestServer server = serve(streams.handler());
        RawClient reader = server.get("/stacks/checkout/stream");
        assertEquals(200, reader.head().status());

        streams.close();

        String events = reader.rest();
        assertTrue(events.contains("snapshot") && events.contains("DRAINING"), events);
        StackId stack = new StackId("checkout");
        Patience.await("that the loops have ended", () -> {
            try {
                registry.read(stack, null, Runnable::run, () -> {}).close();
                return false;
            } catch (RegistryClosedException e) {
                return true;
            }
        });
    }

    @Test
    void aPathWithoutASlashIsRefused() {
        StackStreamsBuilder builder = StackStreams.builder(registry).streams("stream/{id}", new LineTransport());

        assertThrows(IllegalArgumentException.class, builder::build);
    }
}
