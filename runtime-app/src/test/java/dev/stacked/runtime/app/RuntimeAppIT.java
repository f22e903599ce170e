package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.multibindings.MapBinder;
import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.Stage;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.core.StageRuntime;
import dev.stacked.runtime.core.StageStatus;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RuntimeAppIT {
    private final HttpClient http = HttpClient.newHttpClient();

    /** A backend without HTTP. */
    private static final class InMemoryReconciler implements Reconciler {
        private final StageRuntime runtime = StageRuntime.stored(StageStatus.REVIEW, null, null);

        @Override
        public CompletionStage<StackDocument> readStack(StackId stack, CallContext call) {
            return CompletableFuture.completedFuture(
                    new StackDocument(List.of(new Stage(new StageId("only"), "Only", runtime))));
        }

        @Override
        public CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage, CallContext call) {
            return CompletableFuture.completedFuture(runtime);
        }
    }

    @Test
    void anotherReconcilerIsOneBindingAndNeedsNoUpstream() throws Exception {
        try (RunningApp app = RuntimeApp.run(
                        new String[] {"--port=0"},
                        binder -> binder.bind(Reconciler.class).to(InMemoryReconciler.class));
                SseClient client = SseClient.open(app.url() + "/api/stacks/any/runtime/stream")) {
            SseClient.Event snapshot = client.next("snapshot");

            assertEquals(
                    "review",
                    snapshot.data().at("/runtimeByStageId/only/stageStatus").stringValue());
        }
    }

    @Test
    void anotherRouteIsOneBindingBesideTheOthers() throws Exception {
        try (RunningApp app = RuntimeApp.run(
                new String[] {"--demo", "--port=0"},
                binder -> MapBinder.newMapBinder(binder, String.class, HttpHandler.class)
                        .addBinding("/hello/{name}")
                        .toInstance(exchange -> exchange.getResponseSender().send("hello")))) {
            assertEquals("hello", get(app.url() + "/hello/you").body());
            assertEquals(400, get(app.url() + "/api/stacks/%20/runtime/stream").statusCode());
            assertEquals(404, get(app.url() + "/hello").statusCode());
        }
    }

    @Test
    void routeWithThePathOfAnotherReplacesItAndAbsentRemovesIt() throws Exception {
        try (RunningApp app = RuntimeApp.run(new String[] {"--demo", "--port=0"}, binder -> {
            MapBinder<String, HttpHandler> routes = MapBinder.newMapBinder(binder, String.class, HttpHandler.class);
            routes.addBinding(AppRoutes.SNAPSHOT)
                    .toInstance(exchange -> exchange.getResponseSender().send("mine"));
            routes.addBinding(AppRoutes.SSE).toInstance(AppRoutes.ABSENT);
            routes.addBinding("/client/panel.js")
                    .toInstance(exchange -> exchange.getResponseSender().send("my panel"));
        })) {
            assertEquals("mine", get(app.url() + "/api/stacks/checkout/runtime").body());
            HttpResponse<String> stream = get(app.url() + "/api/stacks/checkout/runtime/stream");
            assertEquals(404, stream.statusCode());
            assertTrue(stream.body().contains("\"route-not-found\""), stream.body());
            assertEquals("my panel", get(app.url() + "/client/panel.js").body());
            assertEquals(200, get(app.url() + "/client/index.js").statusCode());
        }
    }

    @Test
    void pageCanBeSwitchedOffAndTheLibraryStays() throws Exception {
        try (RunningApp app = RuntimeApp.run(new String[] {"--demo", "--port=0", "--page=false"})) {
            HttpResponse<String> page = get(app.url() + "/");

            assertEquals(404, page.statusCode());
            assertTrue(page.body().contains("\"route-not-found\""), page.body());
            assertEquals(200, get(app.url() + "/client/panel.js").statusCode());
        }
    }

    @Test
    void theDemoKeepsItsOwnPathsWhateverTheUpstreamsAre() throws Exception {
        String[] args = {
            "--demo", "--port=0", "--stack-path=/elsewhere/{stackId}", "--reconcile-path=/elsewhere/{stackId}/{stageId}"
        };
        try (RunningApp app = RuntimeApp.run(args);
                SseClient client = SseClient.open(app.url() + "/api/stacks/checkout/runtime/stream")) {
            JsonNode runtimes = client.next("snapshot").data().get("runtimeByStageId");

            assertEquals("in-progress", runtimes.at("/cart-summary/stageStatus").stringValue());
            assertEquals("busy", runtimes.at("/cart-summary/runtimeState").stringValue());
        }
    }

    @Test
    void whileItDrainsOpenStreamsEndAndNewOnesAreRefused() throws Exception {
        RunningApp app = RuntimeApp.run(new String[] {"--demo", "--port=0"});
        try (SseClient polite = SseClient.open(app.url() + "/api/stacks/checkout/runtime/stream");
                RawStream lingering = RawStream.open(app.port(), "checkout")) {
            polite.next("snapshot");
            lingering.readUntil("event: snapshot");

            CompletableFuture<Void> closed = CompletableFuture.runAsync(app::close);
            polite.awaitEnd();
            HttpResponse<String> refused = get(app.url() + "/api/stacks/checkout/runtime/stream");

            assertEquals(503, refused.statusCode());
            assertTrue(refused.body().contains("\"draining\""), refused.body());
            assertTrue(refused.headers().firstValue("retry-after").isPresent());
            lingering.readToEnd();
            closed.join();
        }
        assertThrows(ConnectException.class, () -> get(app.url()));
        app.close();
    }

    @Test
    void whileItsEndIsStillToComeAStreamGoesOnAndTheServerStopsWithTheLastOne() throws Exception {
        RunningApp app =
                RuntimeApp.run(new String[] {"--demo", "--port=0", "--drain-window=24h", "--heartbeat-interval=50ms"});
        CompletableFuture<Void> closed;
        try (SseClient client = SseClient.open(app.url() + "/api/stacks/checkout/runtime/stream")) {
            client.next("snapshot");
            closed = CompletableFuture.runAsync(app::close);
            while (statusOf(app.url() + "/api/stacks/checkout/runtime/stream") != 503) {
                client.next("heartbeat");
            }

            client.next("heartbeat");

            assertFalse(client.isOver());
            assertFalse(closed.isDone());
        }
        closed.join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1", "localhost", "0.0.0.0"})
    void itListensWhereItIsTold(String host) throws Exception {
        try (RunningApp app = RuntimeApp.run(new String[] {"--demo", "--port=0", "--insecure", "--host", host})) {
            String inUrl = host.contains(":") ? "[" + host + "]" : host;
            assertEquals("http://" + inUrl + ":" + app.port(), app.url());
            assertEquals(404, get(app.url() + "/no-such-page").statusCode());
        }
    }

    @Test
    void transportThatIsSwitchedOffIsARouteThatDoesNotExist() throws Exception {
        try (RunningApp app = RuntimeApp.run(new String[] {"--demo", "--port=0", "--transports=websocket"})) {
            HttpResponse<String> answer = get(app.url() + "/api/stacks/checkout/runtime/stream");

            assertEquals(404, answer.statusCode());
            assertTrue(answer.body().contains("\"code\":\"route-not-found\""), answer.body());
        }
    }

    @Test
    void whatKeepsItFromStartingIsSaidWithTheExitCode() {
        NotStartedException help = notStarted("--help");
        assertEquals(0, help.exitCode());
        assertTrue(help.text().contains("--upstream"));

        NotStartedException misused = notStarted("--port=x");
        assertEquals(2, misused.exitCode());
        assertEquals("--port 'x' must be a whole number from 0 to 65535.", misused.text());

        NotStartedException unnamed = notStarted();
        assertEquals(2, unnamed.exitCode());
        assertEquals("One of --upstream URL and --demo is required.", unnamed.text());

        NotStartedException nowhere = notStarted("--demo", "--port=0", "--insecure", "--host=no-such-host.invalid");
        assertEquals(1, nowhere.exitCode());
        assertEquals("Cannot listen on --host no-such-host.invalid --port 0: there is no such host.", nowhere.text());
    }

    private static NotStartedException notStarted(String... args) {
        return assertThrows(NotStartedException.class, () -> RuntimeApp.run(args));
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }

    /** Leaves the body unread, since a stream's body does not end. */
    private int statusOf(String url) throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofInputStream());
        response.body().close();
        return response.statusCode();
    }
}
