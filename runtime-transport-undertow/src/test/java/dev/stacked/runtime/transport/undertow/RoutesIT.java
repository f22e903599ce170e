package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stacked.runtime.testkit.RawClient;
import dev.stacked.runtime.transport.undertow.TestServer.UrlDecoding;
import io.undertow.server.HttpServerExchange;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RoutesIT {
    private static final Routes ROUTES = new Routes(Map.of(
            "/api/stacks/{id}/runtime/stream", exchange -> answer(exchange, "stream", "id"),
            "/api/stacks/{id}/runtime/ws", exchange -> answer(exchange, "ws", "id"),
            "/broken/{id}", exchange -> answer(exchange, "broken", "no-such-variable")));

    private static void answer(HttpServerExchange exchange, String route, String variable) {
        exchange.setPersistent(false);
        try {
            exchange.getResponseSender().send(route + " <" + Routes.variable(exchange, variable) + ">");
        } catch (IllegalStateException e) {
            exchange.getResponseSender().send(e.getMessage());
        }
    }

    private static void assertAnswer(UrlDecoding decoding, String target, String expected) {
        try (TestServer server = new TestServer(ROUTES, decoding)) {
            RawClient client = server.get(target.replace("$BASE", "http://127.0.0.1:" + server.port()));
            assertEquals(200, client.head().status());
            assertEquals(expected, client.rest());
        }
    }

    @ParameterizedTest
    @EnumSource(UrlDecoding.class)
    void encodedSlashDoesNotEndASegment(UrlDecoding decoding) {
        assertAnswer(decoding, "/api/stacks/a%2Fruntime%2fws/runtime/stream", "stream <a%2Fruntime%2fws>");
    }

    @ParameterizedTest
    @EnumSource(UrlDecoding.class)
    void emptySegmentIsAnEmptyVariable(UrlDecoding decoding) {
        assertAnswer(decoding, "/api/stacks//runtime/stream", "stream <>");
    }

    @ParameterizedTest
    @EnumSource(UrlDecoding.class)
    void semicolonBelongsToTheSegment(UrlDecoding decoding) {
        assertAnswer(decoding, "/api/stacks/a;v=1;w/runtime/ws", "ws <a;v=1;w>");
    }

    @ParameterizedTest
    @EnumSource(UrlDecoding.class)
    void dotsAreASegmentLikeAnyOther(UrlDecoding decoding) {
        assertAnswer(decoding, "/api/stacks/../runtime/stream", "stream <..>");
    }

    @ParameterizedTest
    @EnumSource(UrlDecoding.class)
    void queryIsNotPartOfThePath(UrlDecoding decoding) {
        assertAnswer(decoding, "/api/stacks/a/runtime/ws?x=/api/stacks/b/runtime/stream", "ws <a>");
    }

    @ParameterizedTest
    @EnumSource(UrlDecoding.class)
    void pathIsTakenOutOfATargetInAbsoluteForm(UrlDecoding decoding) {
        assertAnswer(decoding, "$BASE/api/stacks/a%2Fb;c/runtime/stream?x=y", "stream <a%2Fb;c>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a[b]", "a'b", "a:b@c", "a%FFb", "a//b?", "$&+,=!*()~"})
    void absoluteFormIsReadAsTheShortOneIs(String id) {
        try (TestServer server = new TestServer(ROUTES)) {
            String path = "/api/stacks/" + id + "/runtime/stream";
            RawClient shortForm = server.get(path);
            RawClient absolute = server.get("http://127.0.0.1:" + server.port() + path);

            assertEquals(shortForm.head().status(), absolute.head().status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api", "/api/stacks/a/runtime", "/api/stacks/a/runtime/stream/", "$BASE", "$BASE/"})
    void otherPathIsNotFound(String target) {
        try (TestServer server = new TestServer(ROUTES)) {
            RawClient client = server.get(target.replace("$BASE", "http://127.0.0.1:" + server.port()));

            assertEquals(404, client.head().status());
            assertEquals(
                    "{\"error\":{\"code\":\"route-not-found\",\"message\":\"No such page.\"}}", client.exactly(62));
        }
    }

    @Test
    void variableThatTheRouteDoesNotHaveIsNamed() {
        assertAnswer(UrlDecoding.OFF, "/broken/x", "The route has no variable {no-such-variable}.");
    }
}
