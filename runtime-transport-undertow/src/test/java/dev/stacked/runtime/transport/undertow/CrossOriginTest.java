package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.stacked.runtime.access.NotAdmittedException;
import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.access.RefusalReason;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CrossOriginTest {
    private static final String LISTED = "https://board.example:8443";

    private final CrossOrigin origins = new CrossOrigin(new OriginPolicy(List.of(LISTED, "http://LOCALHOST:3000")));
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
    void preflightOfAListedOriginNamesWhatItMaySend() {
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
    void optionsRequestThatIsNoPreflightGetsNoHeaders() {
        request("Origin", LISTED);

        origins.answerPreflight(exchange, "GET, HEAD");

        assertEquals(Map.of(), answered());
    }

    @ParameterizedTest
    @ValueSource(strings = {LISTED, "https://runtime.example"})
    void pageOfAnAllowedOriginPasses(String origin) {
        request("Origin", origin);
        request("Host", "runtime.example");

        assertDoesNotThrow(() -> origins.requireAllowed(exchange));
        assertEquals(Optional.empty(), origins.foreignOrigin(exchange));
    }

    @Test
    void programWithoutAnOriginPasses() {
        request("Host", "runtime.example");

        assertDoesNotThrow(() -> origins.requireAllowed(exchange));
        assertEquals(Optional.empty(), origins.foreignOrigin(exchange));
    }

    @Test
    void pageOfAForeignOriginIsForbidden() {
        request("Origin", "https://evil.example");
        request("Host", "runtime.example");

        NotAdmittedException refusal = assertThrows(NotAdmittedException.class, () -> origins.requireAllowed(exchange));

        assertEquals(RefusalReason.FOREIGN_ORIGIN, refusal.reason());
        ErrorResponse answer = ErrorResponse.notAdmitted(refusal);
        assertEquals(403, answer.status());
        assertEquals("origin-not-allowed", answer.code());
        assertEquals(Optional.of("https://evil.example"), origins.foreignOrigin(exchange));
        assertEquals(Map.of(), answer.headers());
        assertEquals(Map.of(), answered());
    }
}
