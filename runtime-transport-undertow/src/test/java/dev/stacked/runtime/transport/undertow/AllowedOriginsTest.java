package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AllowedOriginsTest {
    private static final String LISTED = "https://board.example:8443";

    private final AllowedOrigins origins = new AllowedOrigins(List.of(LISTED, "http://LOCALHOST:3000"));
    private final HttpServerExchange exchange = new HttpServerExchange(null);

    private void request(String name, String value) {
        exchange.getRequestHeaders().put(new HttpString(name), value);
    }

    private Map<String, String> answered() {
        Map<String, String> headers = new TreeMap<>();
        exchange.getResponseHeaders()
                .forEach(values -> headers.put(values.getHeaderName().toString(), String.join(" + ", values)));
        return headers;
    }

    @ParameterizedTest
    @ValueSource(strings = {LISTED, "HTTPS://Board.Example:8443", "http://localhost:3000"})
    void listedOriginMayReadWithCredentials(String origin) {
        request("Origin", origin);

        origins.allowReading(exchange);

        assertEquals(
                Map.of(
                        "Vary", "Origin",
                        "Access-Control-Allow-Origin", origin,
                        "Access-Control-Allow-Credentials", "true",
                        "Access-Control-Expose-Headers", "ETag, Retry-After, WWW-Authenticate"),
                answered());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example", "https://board.example", "http://board.example:8443", "null", "", "*"})
    void foreignOriginMayNotRead(String origin) {
        request("Origin", origin);

        origins.allowReading(exchange);
        origins.answerPreflight(exchange, "GET, HEAD");

        assertEquals(Map.of("Vary", "Origin"), answered());
    }

    @Test
    void answersVaryByOriginBesidesWhatTheyVaryByAlready() {
        exchange.getResponseHeaders().put(new HttpString("Vary"), "Accept");

        origins.allowReading(exchange);

        assertEquals(Map.of("Vary", "Accept + Origin"), answered());
    }

    @Test
    void preflightOfAListedOriginIsToldWhatItMaySend() {
        request("Origin", LISTED);
        request("Access-Control-Request-Method", "GET");

        origins.answerPreflight(exchange, "GET, HEAD");

        assertEquals(
                Map.of(
                        "Access-Control-Allow-Methods", "GET, HEAD",
                        "Access-Control-Allow-Headers",
                                "Authorization, Cache-Control, Content-Type, If-None-Match, Last-Event-ID",
                        "Access-Control-Max-Age", "600"),
                answered());
    }

    @Test
    void optionsRequestThatIsNoPreflightIsToldNothing() {
        request("Origin", LISTED);

        origins.answerPreflight(exchange, "GET, HEAD");

        assertEquals(Map.of(), answered());
    }

    @Test
    void requestWithoutOriginPasses() {
        request("Host", "runtime.example");

        assertPasses();
    }

    @ParameterizedTest
    @CsvSource({
        "http://runtime.example, runtime.example",
        "https://runtime.example, runtime.example",
        "http://Runtime.Example:8080, runtime.example:8080",
        "http://[::1]:8080, [::1]:8080"
    })
    void ownOriginPassesWhateverTheScheme(String origin, String host) {
        request("Origin", origin);
        request("Host", host);

        assertPasses();
    }

    @Test
    void listedOriginPasses() {
        request("Origin", LISTED);
        request("Host", "runtime.example");

        assertPasses();
    }

    private void assertPasses() {
        assertDoesNotThrow(() -> origins.requireAllowed(exchange));
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example, runtime.example",
        "http://runtime.example:81, runtime.example",
        "http://runtime.example.evil.example, runtime.example",
        "http://evil.example/runtime.example, runtime.example",
        "http://evilruntime.example, runtime.example",
        "runtime.example, runtime.example",
        "://, ''",
        "null, runtime.example",
        "null, null",
        "'', runtime.example",
        "*, runtime.example"
    })
    void foreignOriginIsForbidden(String origin, String host) {
        request("Origin", origin);
        request("Host", host);

        assertForbidden();
    }

    @Test
    void ownOriginCannotBeToldWithoutAHost() {
        request("Origin", "http://runtime.example");

        assertForbidden();
    }

    private void assertForbidden() {
        ErrorResponse refusal = assertThrows(RefusedException.class, () -> origins.requireAllowed(exchange))
                .response();
        assertEquals(403, refusal.status());
        assertEquals("forbidden", refusal.code());
        assertFalse(answered().containsKey("Access-Control-Allow-Origin"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "",
                "board.example",
                "https://",
                "https://*.example",
                "https://board.example/",
                "https://board.example/x",
                "https://board.example?x",
                "https://me@board.example",
                "ftp://board.example",
                "https://board.example\n",
                "https://a.example,https://b.example"
            })
    void whatIsNoOriginCannotBeListed(String origin) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> new AllowedOrigins(List.of(LISTED, origin)));

        assertEquals(
                "An allowed origin is http(s)://host or http(s)://host:port; it is '" + origin + "'.",
                refusal.getMessage());
    }
}
