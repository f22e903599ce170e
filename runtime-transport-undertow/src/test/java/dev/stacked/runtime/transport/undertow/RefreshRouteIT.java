package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.access.AccessScope;
import dev.stacked.runtime.access.RefusalReason;
import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.RawClient;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The nudge to poll a stack, and what it shares with the other routes. */
final class RefreshRouteIT extends StackRoutes {
    private HttpRequest.Builder refresh() {
        return request("/stacks/checkout/refresh").POST(HttpRequest.BodyPublishers.noBody());
    }

    @Test
    void refreshPollsAStackThatIsRead() {
        upstream.stack("checkout").stage("s1");
        RawClient reader = server.get("/stacks/checkout/stream");
        reader.line();
        upstream.awaitCalls(2, Patience.LIMIT);
        upstream.stack("checkout").stage("s1").todos(1, 1);

        HttpResponse<String> answer = send(refresh());

        assertEquals(202, answer.statusCode());
        assertEquals("", answer.body());
        assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse("none"));
        assertEquals(AccessScope.REFRESH, scope.get());
        assertTrue(upstream.awaitCalls(4, Patience.LIMIT));
    }

    @Test
    void refreshOfAStackThatNobodyReadsAsksNobody() {
        assertEquals(202, send(refresh()).statusCode());
        assertEquals(0, upstream.callCount());
    }

    @Test
    void whatARefreshSendsIsNotLookedAt() {
        String body = "{\"event\":\"push\"}".repeat(1000);

        assertEquals(
                202,
                send(refresh().POST(HttpRequest.BodyPublishers.ofString(body))).statusCode());
    }

    @Test
    void aRefreshMayComeInChunks() {
        InputStream body = new ByteArrayInputStream("{\"event\":\"push\"}".getBytes(StandardCharsets.UTF_8));

        assertEquals(
                202,
                send(refresh().POST(HttpRequest.BodyPublishers.ofInputStream(() -> body)))
                        .statusCode());
    }

    @Test
    void bodyOfARefreshHasALimit() {
        HttpResponse<String> answer =
                send(refresh().POST(HttpRequest.BodyPublishers.ofByteArray(new byte[300 * 1024])));

        assertError(answer, 413, "content-too-large");
    }

    @Test
    void refreshIsForThoseWhoMay() {
        access.knowsNobody();
        assertError(send(refresh()), 401, "unauthenticated");
        access.forbids();
        assertError(send(refresh()), 403, "forbidden");
        access.fails();
        assertError(send(refresh()), 503, "unavailable");
        assertEquals(1, admission.refusals().count(RefusalReason.AUTHORIZER_UNAVAILABLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://board.example", "https://board.example:444"})
    void foreignPageCannotRefresh(String origin) {
        assertError(send(refresh().header("Origin", origin)), 403, "origin-not-allowed");
        assertEquals(1, admission.refusals().count(RefusalReason.FOREIGN_ORIGIN));
        assertNull(scope.get());
    }

    @Test
    void pageOfAListedOriginMayRefreshAndReadTheAnswer() {
        HttpResponse<String> answer = send(refresh().header("Origin", LISTED));

        assertEquals(202, answer.statusCode());
        assertEquals(
                LISTED,
                answer.headers().firstValue("Access-Control-Allow-Origin").orElse("none"));
    }

    @ParameterizedTest
    @CsvSource({"/stacks/checkout, 'GET, HEAD'", "/stacks/checkout/refresh, POST"})
    void preflightAllowsTheMethodsAndTheTokenOfListedOrigins(String path, String methods) {
        HttpResponse<String> answer = send(request(path)
                .header("Origin", LISTED)
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));

        assertEquals(204, answer.statusCode());
        assertEquals(methods + ", OPTIONS", answer.headers().firstValue("Allow").orElse("none"));
        assertEquals(
                methods,
                answer.headers().firstValue("Access-Control-Allow-Methods").orElse("none"));
        assertTrue(answer.headers()
                .firstValue("Access-Control-Allow-Headers")
                .orElse("none")
                .contains("Authorization"));
    }

    @ParameterizedTest
    @CsvSource({"/stacks/checkout, POST", "/stacks/checkout/refresh, GET", "/stacks/checkout/refresh, PUT"})
    void otherMethodsAreRefused(String path, String method) {
        HttpResponse<String> answer = send(request(path).method(method, HttpRequest.BodyPublishers.noBody()));

        assertError(answer, 405, "method-not-allowed");
        assertTrue(answer.headers().firstValue("Allow").isPresent());
    }

    @Test
    void drainingServerRefusesBoth() {
        admission.drain();

        assertError(get("/stacks/checkout"), 503, "draining");
        assertError(send(refresh()), 503, "draining");
    }
}
