package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.stacked.runtime.access.Access;
import dev.stacked.runtime.access.AccessScope;
import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.access.StreamAuthorizer;
import dev.stacked.runtime.transport.undertow.AccessFilter;
import dev.stacked.runtime.transport.undertow.AuthorizedHandler;
import io.undertow.server.HttpHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** An integrator's routes for a stack, with and without the authorizer. */
class AuthorizedRouteIT {
    private static final RunningApp APP = RuntimeApp.run(
            new String[] {"--demo", "--port=0", "--admin-port=off"},
            new RoutesModule(),
            binder -> binder.bind(StreamAuthorizer.class)
                    .toInstance(request -> CompletableFuture.completedFuture(
                            request.stack().value().equals("open") || request.scope() == AccessScope.REFRESH
                                    ? Access.allowed("alice")
                                    : Access.forbidden("Not this stack."))));

    private final HttpClient http = HttpClient.newHttpClient();

    private static final class RoutesModule extends AbstractModule {
        @ProvidesIntoMap
        @StringMapKey("/stacks/{id}/thread")
        HttpHandler thread(AccessFilter access, OriginPolicy origins) {
            return new AuthorizedHandler(
                    access,
                    origins,
                    AccessScope.READ,
                    (exchange, stack) -> exchange.dispatch(() -> exchange.getResponseSender()
                            .send(stack + (exchange.isInIoThread() ? " on an I/O thread" : " on a worker"))),
                    "GET");
        }

        @ProvidesIntoMap
        @StringMapKey("/stacks/{id}/labels")
        HttpHandler labels(AccessFilter access, OriginPolicy origins) {
            return new AuthorizedHandler(
                    access, origins, AccessScope.REFRESH, (exchange, stack) -> exchange.endExchange(), "POST");
        }

        @ProvidesIntoMap
        @StringMapKey("/stacks/{id}/broken")
        HttpHandler broken(AccessFilter access, OriginPolicy origins) {
            return new AuthorizedHandler(
                    access,
                    origins,
                    AccessScope.READ,
                    (exchange, stack) -> {
                        throw new IllegalStateException("This route fails on purpose.");
                    },
                    "GET");
        }

        @ProvidesIntoMap
        @StringMapKey("/stacks/{id}/plain")
        HttpHandler plain() {
            return exchange -> exchange.getResponseSender().send("plain");
        }
    }

    @AfterAll
    static void stop() {
        APP.close();
    }

    @Test
    void authorizerDecidesAboutTheStackOfTheRoute() throws Exception {
        HttpResponse<String> allowed = send(request("/stacks/open/thread"));
        HttpResponse<String> refused = send(request("/stacks/secret/thread"));

        assertEquals("open on a worker", allowed.body());
        assertEquals(403, refused.statusCode());
        assertTrue(refused.body().contains("Not this stack."), refused::body);
    }

    @Test
    void routeDoesNotAskTheAuthorizerByItself() throws Exception {
        assertEquals("plain", send(request("/stacks/secret/plain")).body());
    }

    @Test
    void pageOfAnotherOriginCanNotChangeAnything() throws Exception {
        HttpRequest.Builder post = request("/stacks/secret/labels").POST(BodyPublishers.noBody());

        assertEquals(200, send(post).statusCode());
        assertEquals(200, send(post.copy().header("Origin", APP.url())).statusCode());
        assertEquals(
                403, send(post.copy().header("Origin", "https://evil.example")).statusCode());
    }

    @Test
    void routeThatFailsAnswersWithoutDetails() throws Exception {
        HttpResponse<String> failed = send(request("/stacks/open/broken"));

        assertEquals(500, failed.statusCode());
        assertFalse(failed.body().contains("purpose"), failed::body);
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(APP.url() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
