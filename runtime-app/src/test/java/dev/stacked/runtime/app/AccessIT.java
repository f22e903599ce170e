package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.access.Access;
import dev.stacked.runtime.access.StreamAuthorizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Access control in the whole server. */
class AccessIT {
    private static final String STACK = "/api/stacks/checkout/runtime";

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final InstantSource source = now::get;
    private final Clock clock = source.withZone(ZoneOffset.UTC);

    private RunningApp start(TestTokens tokens, String... more) throws IOException {
        return RuntimeApp.run(
                tokens.options(directory, more),
                binder -> binder.bind(Clock.class).toInstance(clock));
    }

    private Instant inAnHour() {
        return now.get().plus(Duration.ofHours(1));
    }

    private HttpRequest.Builder request(RunningApp app, String path) {
        return HttpRequest.newBuilder(URI.create(app.url() + path)).timeout(Duration.ofSeconds(20));
    }

    private int status(HttpRequest.Builder request) throws Exception {
        HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }

    @Test
    void serverThatOthersCanReachDoesNotStartUnlessItIsSaidWhoMayRead() {
        NotStartedException refusal = assertThrows(
                NotStartedException.class, () -> RuntimeApp.run(new String[] {"--demo", "--port=0", "--host=0.0.0.0"}));

        assertEquals(2, refusal.exitCode());
        assertEquals(
                "--host '0.0.0.0' can be reached from other machines: say who may read, by --jwt-jwks-url or"
                        + " --jwt-key-file, or let everybody in by --insecure.",
                refusal.text());
    }

    @Test
    void authorizerOfTheIntegratorSaysSo() throws Exception {
        StreamAuthorizer forbidding = request -> CompletableFuture.completedStage(Access.forbidden("Not today."));
        try (RunningApp app = RuntimeApp.run(
                new String[] {"--demo", "--port=0", "--host=0.0.0.0"},
                binder -> binder.bind(StreamAuthorizer.class).toInstance(forbidding))) {
            for (String path : new String[] {STACK, STACK + "/stream"}) {
                HttpResponse<String> answer = http.send(request(app, path).build(), BodyHandlers.ofString());

                assertEquals(403, answer.statusCode());
                assertTrue(answer.body().contains("Not today."), answer::body);
            }
        }
    }

    @Test
    void tokenOpensEveryRouteByHeaderAndByCookieButNotByAddress() throws Exception {
        TestTokens tokens = new TestTokens();
        String token = tokens.token(inAnHour(), "stacks:refresh");
        try (RunningApp app = start(tokens)) {
            HttpResponse<String> none = http.send(request(app, STACK).build(), BodyHandlers.ofString());
            assertEquals(401, none.statusCode());
            assertEquals(
                    "Bearer realm=\"runtime\"",
                    none.headers().firstValue("WWW-Authenticate").orElse("none"));
            for (String path : new String[] {STACK, STACK + "/stream"}) {
                assertEquals(401, status(request(app, path + "?access_token=" + token)));
                assertEquals(200, status(request(app, path).header("Authorization", "Bearer " + token)));
                assertEquals(200, status(request(app, path).header("Cookie", "a=b; __Secure-runtime=" + token)));
            }
            assertEquals(
                    403, status(request(app, "/api/stacks/other/runtime").header("Authorization", "Bearer " + token)));
            assertEquals(
                    202,
                    status(request(app, STACK + "/refresh")
                            .header("Authorization", "Bearer " + token)
                            .POST(BodyPublishers.noBody())));
            assertEquals(
                    403,
                    status(request(app, STACK + "/refresh")
                            .header("Authorization", "Bearer " + tokens.token(inAnHour(), "read"))
                            .POST(BodyPublishers.noBody())));
        }
    }

    @Test
    void tokenIsFoundAmongManyCookies() throws Exception {
        TestTokens tokens = new TestTokens();
        String cookies = "other=value; ".repeat(300) + "__Secure-runtime=" + tokens.token(inAnHour(), "");
        try (RunningApp app = start(tokens)) {
            assertEquals(200, status(request(app, STACK).header("Cookie", cookies)));
        }
    }

    @Test
    void requestWithVeryManyParametersIsRefusedAndTheServerServesOn() throws Exception {
        try (RunningApp app = RuntimeApp.run(new String[] {"--demo", "--port=0"})) {
            assertEquals(400, status(request(app, STACK + "?" + "a=1&".repeat(2000))));
            assertEquals(200, status(request(app, STACK + "?" + "a=1&".repeat(20))));
        }
    }

    @Test
    void tokenThatExpiresEndsItsStreams() throws Exception {
        TestTokens tokens = new TestTokens();
        String token = tokens.token(inAnHour(), "");
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        try (RunningApp app = start(tokens, "--heartbeat-interval=500ms")) {
            http.newWebSocketBuilder()
                    .header("Cookie", "__Secure-runtime=" + token)
                    .buildAsync(URI.create(app.url().replace("http", "ws") + STACK + "/ws"), new CloseListener(closed))
                    .join();
            HttpResponse<InputStream> stream = http.send(
                    request(app, STACK + "/stream")
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    BodyHandlers.ofInputStream());
            assertEquals(200, stream.statusCode());

            now.set(inAnHour().plusSeconds(31)); // the leeway is 30 s

            stream.body().transferTo(OutputStream.nullOutputStream());
            assertEquals(1008, closed.get(20, TimeUnit.SECONDS));
            assertEquals(401, status(request(app, STACK + "/stream").header("Authorization", "Bearer " + token)));
        }
    }

    private record CloseListener(CompletableFuture<Integer> closed) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closed.complete(statusCode);
            return CompletableFuture.completedStage(null);
        }
    }

    @Test
    void limitsAreOptionsAndClientsBehindATrustedProxyAreToldApart() throws Exception {
        String[] args = {
            "--demo", "--port=0", "--trusted-proxy=127.0.0.1", "--max-connections-per-address=1", "--max-stacks=1"
        };
        try (RunningApp app = RuntimeApp.run(args);
                SseClient first = SseClient.open(app.url() + STACK + "/stream")) {
            first.next("snapshot");

            HttpResponse<String> second = http.send(request(app, STACK).build(), BodyHandlers.ofString());
            assertEquals(503, second.statusCode());
            assertTrue(second.body().contains("Your address has reached its limit of 1 streams."), second::body);
            assertEquals(200, status(request(app, STACK).header("X-Forwarded-For", "203.0.113.7")));
            HttpResponse<String> another = http.send(
                    request(app, "/api/stacks/other/runtime")
                            .header("X-Forwarded-For", "203.0.113.7")
                            .build(),
                    BodyHandlers.ofString());
            assertEquals(503, another.statusCode());
            assertTrue(another.body().contains("The server has reached its limit of 1 stacks."), another::body);
        }
    }
}
