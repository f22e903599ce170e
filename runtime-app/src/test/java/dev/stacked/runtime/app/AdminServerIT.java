package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.multibindings.MapBinder;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminServerIT {
    private static final int MORE_THAN_ALL_BUFFERS = 16 << 20;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void itIsLiveAndReadyWhileItServes() throws Exception {
        try (RunningApp app = start()) {
            HttpResponse<String> live = get(admin(app) + "/health/live");
            HttpResponse<String> ready = get(admin(app) + "/health/ready");

            assertEquals(200, live.statusCode());
            assertEquals("{\"status\":\"live\"}\n", live.body());
            assertEquals(
                    "application/json",
                    live.headers().firstValue("Content-Type").orElseThrow());
            assertEquals("no-store", live.headers().firstValue("Cache-Control").orElseThrow());
            assertEquals(200, ready.statusCode());
            assertEquals("{\"status\":\"ready\",\"stacks\":{\"ok\":0,\"degraded\":0,\"down\":0}}\n", ready.body());
        }
    }

    @Test
    void itIsLiveButNotReadyWhileItDrains() throws Exception {
        RunningApp app = start();
        String admin = admin(app);
        try (RawStream lingering = RawStream.open(app.port(), "checkout")) {
            lingering.readUntil("event: snapshot");

            CompletableFuture<Void> closed = CompletableFuture.runAsync(app::close);
            HttpResponse<String> ready = get(admin + "/health/ready");
            while (ready.statusCode() == 200) {
                ready = get(admin + "/health/ready");
            }

            assertEquals(503, ready.statusCode());
            assertTrue(ready.body().startsWith("{\"status\":\"draining\""), ready.body());
            assertEquals(200, get(admin + "/health/live").statusCode());
            lingering.readToEnd();
            closed.join();
        }
        assertThrows(ConnectException.class, () -> get(admin + "/health/live"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready", "/pollers", "/metrics"})
    void thePublicPortHasNothingOfIt(String path) throws Exception {
        try (RunningApp app = start()) {
            assertEquals(404, get(app.url() + path).statusCode());
        }
    }

    @Test
    void anUpstreamThatIsDownIsShownAndDoesNotMakeItUnready() throws Exception {
        try (RunningApp app = RuntimeApp.run(new String[] {
                    "--upstream=http://127.0.0.1:" + closedPort(), "--retry-attempts=1", "--port=0", "--admin-port=0"
                });
                SseClient client = SseClient.open(app.url() + "/api/stacks/checkout/runtime/stream")) {
            client.next("error");

            HttpResponse<String> ready = get(admin(app) + "/health/ready");

            assertEquals(200, ready.statusCode());
            assertTrue(ready.body().contains("\"down\":1"), ready.body());
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void itIsReadOnlyAndItsOtherPathsAreNotThere() throws Exception {
        try (RunningApp app = start()) {
            HttpRequest post = HttpRequest.newBuilder(URI.create(admin(app) + "/health/ready"))
                    .POST(BodyPublishers.noBody())
                    .build();
            HttpRequest head = HttpRequest.newBuilder(URI.create(admin(app) + "/health/ready"))
                    .method("HEAD", BodyPublishers.noBody())
                    .build();

            assertEquals(405, http.send(post, BodyHandlers.ofString()).statusCode());
            assertEquals(200, http.send(head, BodyHandlers.ofString()).statusCode());
            assertEquals(404, get(admin(app) + "/health").statusCode());
            assertEquals(
                    404, get(admin(app) + "/api/stacks/checkout/runtime/stream").statusCode());
        }
    }

    @Test
    void itsRootLeadsToEachPage() throws Exception {
        try (RunningApp app = RuntimeApp.run(new String[] {"--demo", "--port=0", "--admin-port=0"}, binder -> {
            MapBinder<String, HttpHandler> routes =
                    MapBinder.newMapBinder(binder, String.class, HttpHandler.class, AdminRoutes.class);
            routes.addBinding("/mine")
                    .toInstance(exchange -> exchange.getResponseSender().send("mine"));
            routes.addBinding("/of/{stack}")
                    .toInstance(exchange -> exchange.getResponseSender().send("of"));
        })) {
            HttpRequest html = HttpRequest.newBuilder(URI.create(admin(app) + "/"))
                    .header("Accept", "text/html,*/*;q=0.8")
                    .build();
            HttpResponse<String> page = http.send(html, BodyHandlers.ofString());
            HttpResponse<String> json = get(admin(app) + "/");

            assertEquals(200, page.statusCode());
            assertEquals(
                    "{\"pages\":[\"/health/ready\",\"/health/live\",\"/pollers\",\"/metrics\",\"/mine\"]}\n",
                    json.body());
            for (String path : List.of("/health/ready", "/health/live", "/pollers", "/metrics", "/mine")) {
                assertTrue(page.body().contains("<a href=\"" + path + "\">"), page.body());
                assertEquals(200, get(admin(app) + path).statusCode());
            }
        }
    }

    @Test
    void anotherAdminRouteIsOneBinding() throws Exception {
        try (RunningApp app = RuntimeApp.run(
                new String[] {"--demo", "--port=0", "--admin-port=0"},
                binder -> MapBinder.newMapBinder(binder, String.class, HttpHandler.class, AdminRoutes.class)
                        .addBinding("/hello")
                        .toInstance(exchange -> exchange.getResponseSender().send("hello")))) {
            assertEquals("hello", get(admin(app) + "/hello").body());
            assertEquals(404, get(app.url() + "/hello").statusCode());
        }
    }

    @Test
    void adminRouteWithThePathOfAnotherReplacesIt() throws Exception {
        try (RunningApp app = RuntimeApp.run(
                new String[] {"--demo", "--port=0", "--admin-port=0"},
                binder -> MapBinder.newMapBinder(binder, String.class, HttpHandler.class, AdminRoutes.class)
                        .addBinding("/metrics")
                        .toInstance(exchange -> exchange.getResponseSender().send("mine")))) {
            assertEquals("mine", get(admin(app) + "/metrics").body());
            assertEquals(200, get(admin(app) + "/health/ready").statusCode());
        }
    }

    @Test
    void aPageThatHangsDoesNotKeepItFromStopping() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch givenUp = new CountDownLatch(1);
        RunningApp app = RuntimeApp.run(
                new String[] {"--demo", "--port=0", "--admin-port=0"},
                binder -> MapBinder.newMapBinder(binder, String.class, HttpHandler.class, AdminRoutes.class)
                        .addBinding("/hangs")
                        .toInstance(exchange -> exchange.dispatch(() -> {
                            asked.countDown();
                            try {
                                never.await();
                            } catch (InterruptedException e) {
                                givenUp.countDown();
                            }
                        })));
        var unanswered = http.sendAsync(
                HttpRequest.newBuilder(URI.create(admin(app) + "/hangs")).build(), BodyHandlers.discarding());
        asked.await();

        CompletableFuture.runAsync(app::close).get(60, TimeUnit.SECONDS);

        assertTrue(givenUp.await(60, TimeUnit.SECONDS));
        unanswered.cancel(true);
    }

    @Test
    void aClientThatDoesNotReadItsAnswerIsCutOff() throws Exception {
        ByteBuffer page = ByteBuffer.allocateDirect(MORE_THAN_ALL_BUFFERS);
        AtomicReference<HttpServerExchange> answered = new AtomicReference<>();
        try (RunningApp app = RuntimeApp.run(
                        new String[] {"--demo", "--port=0", "--admin-port=0", "--write-timeout=500ms"},
                        binder -> MapBinder.newMapBinder(binder, String.class, HttpHandler.class, AdminRoutes.class)
                                .addBinding("/large")
                                .toInstance(exchange -> {
                                    answered.set(exchange);
                                    exchange.getResponseSender().send(page.duplicate());
                                }));
                Socket client = new Socket()) {
            client.setReceiveBufferSize(4096);
            client.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), URI.create(admin(app)).getPort()));
            client.getOutputStream()
                    .write("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            long start = System.nanoTime();
            while (answered.get() == null || answered.get().getConnection().isOpen()) {
                assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(20), "The connection stays open.");
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }

            assertTrue(System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(450), "Cut off too early.");
            assertEquals(200, get(admin(app) + "/health/ready").statusCode());
        }
    }

    @Test
    void itCanBeTurnedOff() {
        try (RunningApp app = RuntimeApp.run(new String[] {"--demo", "--port=0", "--admin-port=off"})) {
            assertEquals(Optional.empty(), app.adminUrl());
        }
    }

    @Test
    void withoutAPortBeingAskedForTwoServersRunSideBySide() throws Exception {
        String[] options = {"--demo", "--port=0"};
        try (RunningApp one = RuntimeApp.run(options);
                RunningApp other = RuntimeApp.run(options)) {
            assertNotEquals(one.adminUrl(), other.adminUrl());
            assertEquals(200, get(admin(one) + "/health/ready").statusCode());
            assertEquals(200, get(admin(other) + "/health/ready").statusCode());
        }
    }

    @Test
    void aPortThatWasAskedForAndIsTakenKeepsItFromStarting() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            NotStartedException reason = assertThrows(
                    NotStartedException.class,
                    () -> RuntimeApp.run(new String[] {"--demo", "--port=0", "--admin-port=" + port}));

            assertEquals(1, reason.exitCode());
            assertEquals(
                    "Cannot listen on --admin-host 127.0.0.1 --admin-port " + port + ": Address already in use.",
                    reason.text());
        }
    }

    private static RunningApp start() {
        return RuntimeApp.run(new String[] {"--demo", "--port=0", "--admin-port=0"});
    }

    private static String admin(RunningApp app) {
        return app.adminUrl().orElseThrow();
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }
}
