package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.inject.Inject;
import dev.stacked.runtime.access.StreamAdmission;
import dev.stacked.runtime.testkit.TestCertificate;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams behind a real nginx with the published configuration. */
class NginxIT {
    private static final int PATIENCE_SECONDS = 20;
    private static final String STREAM = "/api/stacks/checkout/runtime/stream";

    @TempDir
    Path directory;

    private final Insides insides = new Insides();
    private RunningApp app;
    private TestCertificate certificate;

    private static final class Insides {
        @Inject
        private StreamAdmission admission;
    }

    @BeforeEach
    void start() {
        assumeTrue("true".equals(System.getenv("CI")) || Nginx.executable().isPresent(), Nginx.ABSENT);
        certificate = TestCertificate.make(directory, "tls", "EC");
        String[] args = {"--demo", "--port=0", "--admin-port=off", "--heartbeat-interval=50ms", "--drain-window=0s"};
        app = RuntimeApp.run(args, binder -> binder.requestInjection(insides));
    }

    @AfterEach
    void stop() {
        if (app != null) {
            app.close();
        }
    }

    private Nginx nginx(Nginx.Change... changes) throws Exception {
        return Nginx.start(directory, app.port(), certificate.certificateFile(), certificate.keyFile(), changes);
    }

    private HttpClient http() {
        return HttpClient.newBuilder().sslContext(certificate.trust()).build();
    }

    private void awaitStreams(int open) {
        long start = System.nanoTime();
        while (insides.admission.openStreams() != open) {
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS), "Streams stayed open.");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    @Test
    void eventsPassAtOnceThoughItBuffersByDefault() throws Exception {
        try (Nginx nginx = nginx()) {
            LineStream stream = LineStream.open(http(), nginx.url() + STREAM);

            stream.awaitLine("event: snapshot");
            stream.awaitLine("event: heartbeat");
        }
    }

    @Test
    void manyStreamsOfOneClientPass() throws Exception {
        HttpClient http = http();
        List<LineStream> streams = new ArrayList<>();
        try (Nginx nginx = nginx()) {
            HttpRequest page = HttpRequest.newBuilder(URI.create(nginx.url() + "/client/index.js"))
                    .build();
            assertEquals(
                    HttpClient.Version.HTTP_2,
                    http.send(page, BodyHandlers.ofString()).version());
            for (int i = 0; i < 20; i++) {
                streams.add(LineStream.open(http, nginx.url() + STREAM));
            }
            for (LineStream stream : streams) {
                stream.awaitLine("event: snapshot");
            }
            assertEquals(200, http.send(page, BodyHandlers.ofString()).statusCode());
        }
    }

    @Test
    void clientThatLeavesIsNoticedBehindIt() throws Exception {
        HttpClient http = http();
        try (Nginx nginx = nginx()) {
            LineStream leaver = LineStream.open(http, nginx.url() + STREAM);
            LineStream stayer = LineStream.open(http, nginx.url() + STREAM);
            leaver.awaitLine("event: snapshot");
            stayer.awaitLine("event: snapshot");

            leaver.leave();

            awaitStreams(1);
            stayer.forget();
            stayer.awaitLine("event: heartbeat");
        }
    }

    @Test
    void webSocketsPass() throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
                first.complete(part.toString());
                socket.request(1);
                return null;
            }
        };
        try (Nginx nginx = nginx()) {
            WebSocket socket = http().newWebSocketBuilder()
                    .buildAsync(
                            URI.create("wss://127.0.0.1:" + nginx.port() + "/api/stacks/checkout/runtime/ws"), listener)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);

            assertTrue(first.get(PATIENCE_SECONDS, TimeUnit.SECONDS).contains("\"event\":\"snapshot\""));

            socket.abort();
            awaitStreams(0);
        }
    }

    /** A pitfall: only our {@code X-Accel-Buffering: no} keeps nginx from buffering. */
    @Test
    void whereOurHeaderIsIgnoredEventsAreHeldBackUntilTheEnd() throws Exception {
        Nginx.Change ignored = new Nginx.Change(
                "proxy_http_version 1.1;",
                "proxy_http_version 1.1; proxy_ignore_headers X-Accel-Buffering;"
                        + " proxy_buffer_size 64k; proxy_buffers 8 64k; proxy_busy_buffers_size 128k;");
        try (Nginx nginx = nginx(ignored)) {
            LineStream behind = LineStream.open(http(), nginx.url() + STREAM);
            awaitStreams(1);
            LineStream beside = LineStream.open(HttpClient.newHttpClient(), app.url() + STREAM);
            for (int i = 0; i < 5; i++) {
                beside.awaitLine("event: heartbeat");
            }

            assertFalse(behind.hasLine(), "It came through at once.");

            app.close();
            behind.awaitLine("event: snapshot");
        }
    }
}
