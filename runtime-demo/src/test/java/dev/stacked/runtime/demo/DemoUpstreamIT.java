package dev.stacked.runtime.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.testkit.ManualTime;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DemoUpstreamIT {
    private final ManualTime time = new ManualTime();
    private final DemoUpstream upstream = DemoUpstream.start(time.clock(), 1);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void everyStackAndStageCanBeHadWhateverItsId() throws Exception {
        for (String id : upstream.stackIds()) {
            HttpResponse<String> answer = get(stack(id));

            assertEquals(200, answer.statusCode());
            assertEquals(
                    "application/json",
                    answer.headers().firstValue("content-type").orElseThrow());
            JsonNode stack = data(answer).get("stack");
            assertEquals(id, stack.get("id").stringValue());
            for (JsonNode stage : stack.get("stages")) {
                HttpResponse<String> runtime =
                        post(reconcile(id, stage.get("id").stringValue()));
                assertEquals(200, runtime.statusCode(), runtime::body);
                assertEquals(stage.get("status"), data(runtime).get("stageStatus"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /api/stacks/nope | 404 | not-found | Stack not found.",
                "GET | /api/stacks/%20 | 400 | invalid-input | Stack id is required.",
                "POST | /api/stacks/nope/stages/p1/implementation/reconcile | 404 | not-found | Stack not found.",
                "POST | /api/stacks/checkout/stages/nope/implementation/reconcile | 404 | not-found | Stage not found.",
            })
    void whatIsNotThereIsRefusedAsTheUpstreamRefusesIt(
            String method, String path, int status, String code, String message) throws Exception {
        HttpResponse<String> answer = method.equals("GET") ? get(path) : post(path);

        assertEquals(status, answer.statusCode());
        assertEquals(
                "application/json", answer.headers().firstValue("content-type").orElseThrow());
        assertEquals("{\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}".formatted(code, message), answer.body());
    }

    @Test
    void theClockMovesTheStacksOn() throws Exception {
        String stage = reconcile("checkout", "cart-summary");
        assertEquals("in-progress", data(post(stage)).get("stageStatus").stringValue());

        time.advance(Duration.ofSeconds(10));

        assertEquals("review", data(post(stage)).get("stageStatus").stringValue());
        assertEquals(
                "review",
                data(get(stack("checkout"))).at("/stack/stages/0/status").stringValue());
    }

    @Test
    void aDocumentThatHasNotChangedIsConfirmedUntilItChanges() throws Exception {
        String tag = get(stack("checkout")).headers().firstValue("etag").orElseThrow();

        HttpResponse<String> same = getUnless(tag, stack("checkout"));
        assertEquals(304, same.statusCode());
        assertEquals("", same.body());
        assertEquals(tag, same.headers().firstValue("etag").orElseThrow());

        time.advance(Duration.ofSeconds(10));
        post(reconcile("checkout", "cart-summary"));

        HttpResponse<String> changed = getUnless(tag, stack("checkout"));
        assertEquals(200, changed.statusCode());
        assertNotEquals(tag, changed.headers().firstValue("etag").orElseThrow());
    }

    @Test
    void afterCloseNobodyListensAndClosingAgainIsFine() {
        upstream.close();
        upstream.close();

        assertThrows(ConnectException.class, () -> get(stack("checkout")));
    }

    @Test
    void itListensOnLoopbackOnly() {
        assertTrue(
                upstream.base().toString().matches("http://127\\.0\\.0\\.1:\\d+"),
                () -> upstream.base().toString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    private HttpResponse<String> getUnless(String tag, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).GET().header("If-None-Match", tag));
    }

    private HttpResponse<String> post(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.noBody()));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create(upstream.base() + path);
    }

    private static String stack(String id) {
        return "/api/stacks/" + segment(id);
    }

    private static String reconcile(String stack, String stage) {
        return stack(stack) + "/stages/" + segment(stage) + "/implementation/reconcile";
    }

    private static String segment(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static JsonNode data(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body()).get("data");
    }
}
