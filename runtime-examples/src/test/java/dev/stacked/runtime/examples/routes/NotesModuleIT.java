package dev.stacked.runtime.examples.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Inject;
import dev.stacked.runtime.access.Access;
import dev.stacked.runtime.access.StreamAuthorizer;
import dev.stacked.runtime.app.RunningApp;
import dev.stacked.runtime.app.RuntimeApp;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.examples.reconciler.CounterReconciler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NotesModuleIT {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Insides insides = new Insides();
    private final RunningApp app = RuntimeApp.run(new String[] {"--port", "0"}, new NotesModule(), binder -> {
        binder.bind(Reconciler.class).to(CounterReconciler.class);
        binder.bind(StreamAuthorizer.class)
                .toInstance(request -> CompletableFuture.completedFuture(
                        request.header("Authorization").isPresent()
                                ? Access.allowed("alice")
                                : Access.unauthenticated("Say who you are.")));
        binder.requestInjection(insides);
    });

    private static final class Insides {
        @Inject
        private Notes notes;
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void routeIsReadByReadersOfTheStackAlone() throws Exception {
        HttpResponse<String> refused = send(request("/api/stacks/a%20b/notes"));
        HttpResponse<String> allowed = send(request("/api/stacks/a%20b/notes").header("Authorization", "Bearer x"));

        assertEquals(401, refused.statusCode());
        assertTrue(refused.body().contains("\"unauthenticated\""), refused::body);
        assertEquals(200, allowed.statusCode());
        assertEquals("Nothing was written about a b.", allowed.body());
    }

    @Test
    void routeRefusesInvalidIdsAndOtherMethods() throws Exception {
        assertEquals(400, send(request("/api/stacks/%20/notes")).statusCode());
        HttpResponse<String> posted = send(request("/api/stacks/x/notes").POST(BodyPublishers.noBody()));
        assertEquals(405, posted.statusCode());
        assertEquals("GET, OPTIONS", posted.headers().firstValue("Allow").orElse(""));
    }

    @Test
    void routesOfTheServerAreReplacedAndRemoved() throws Exception {
        assertEquals("my own page", send(request("/")).body());
        HttpResponse<String> refreshed = send(request("/api/stacks/counter/runtime/refresh")
                .header("Authorization", "Bearer x")
                .POST(BodyPublishers.noBody()));
        assertEquals(404, refreshed.statusCode());
        assertTrue(refreshed.body().contains("\"route-not-found\""), refreshed::body);
        assertEquals(200, send(request("/client/index.js")).statusCode());
    }

    @Test
    void closableIsClosedWithTheApp() {
        assertFalse(insides.notes.isClosed());

        app.close();

        assertTrue(insides.notes.isClosed());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(app.url() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
