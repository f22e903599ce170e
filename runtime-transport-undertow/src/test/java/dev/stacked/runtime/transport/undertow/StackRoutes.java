package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stacked.runtime.access.Access;
import dev.stacked.runtime.access.AccessScope;
import dev.stacked.runtime.access.ClientAddresses;
import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.access.StreamAdmission;
import dev.stacked.runtime.access.StreamAuthorizer;
import dev.stacked.runtime.access.StreamLimits;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StreamSettings;
import dev.stacked.runtime.testkit.ManualTime;
import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.ScriptedAccess;
import dev.stacked.runtime.testkit.ScriptedReconciler;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server with all routes about stacks, and requests to it. */
abstract class StackRoutes {
    static final String LISTED = "https://board.example";

    final ScriptedReconciler upstream = new ScriptedReconciler();
    final ScriptedAccess access = new ScriptedAccess();
    final AtomicReference<AccessScope> scope = new AtomicReference<>();
    volatile @Nullable CompletableFuture<Access> lateAnswer;
    final ScheduledThreadPoolExecutor loop = new ScheduledThreadPoolExecutor(1);
    final PollerRegistry registry = PollerRegistry.builder(upstream)
            .settings(StreamSettings.defaults()
                    .withPollInterval(Duration.ofHours(1))
                    .withFirstSnapshotTimeout(Duration.ofMillis(200)))
            .loops(List.of(loop))
            .clock(Clock.fixed(ManualTime.START, ZoneOffset.UTC))
            .nanoTime(() -> 0)
            .epochs(() -> "epoch")
            .build();
    final StreamAdmission admission = new StreamAdmission(StreamLimits.of(2), new Random(1), () -> 0);
    final TestServer server = new TestServer(new Routes(routes()));
    private final HttpClient client = HttpClient.newHttpClient();

    private Map<String, HttpHandler> routes() {
        StreamAuthorizer authorizer = request -> {
            scope.set(request.scope());
            CompletionStage<Access> later = lateAnswer;
            if (later != null) {
                return later;
            }
            return access.answer(Access::allowed, Access::unauthenticated, Access::forbidden);
        };
        AccessFilter filter = new AccessFilter(authorizer, admission, new ClientAddresses(List.of()), access.clock());
        OriginPolicy origins = new OriginPolicy(List.of(LISTED));
        return Map.of(
                "/stacks/{id}", new SnapshotHandler(registry, filter, Patience.LIMIT, origins),
                "/impatient/{id}", new SnapshotHandler(registry, filter, Duration.ofMillis(300), origins),
                "/stacks/{id}/refresh", new RefreshHandler(registry, filter, origins),
                "/stacks/{id}/stream",
                        new StreamHandler(registry, filter, Patience.LIMIT, origins, new LineTransport()));
    }

    @AfterEach
    void stop() {
        registry.close();
        server.close();
        loop.shutdownNow();
    }

    final HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Patience.LIMIT);
    }

    final HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    final CompletableFuture<HttpResponse<String>> sendLater(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    final HttpResponse<String> get(String path) {
        return send(request(path));
    }

    static void assertError(HttpResponse<String> answer, int status, String code) {
        assertEquals(status, answer.statusCode(), answer::body);
        JsonNode error = JsonMapper.shared().readTree(answer.body()).get("error");
        assertEquals(code, error.get("code").stringValue());
        assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse("none"));
    }

    final void awaitNoStream() {
        Patience.await("that the place is given back", () -> admission.openStreams() == 0);
    }
}
