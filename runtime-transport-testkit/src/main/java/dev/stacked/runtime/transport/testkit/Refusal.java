package dev.stacked.runtime.transport.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A response that opened no stream. Asserts the properties that all refusals share. */
final class Refusal {
    private final HttpConnection answer;
    private final JsonNode error;

    private Refusal(HttpConnection answer, JsonNode error) {
        this.answer = answer;
        this.error = error;
    }

    static Refusal of(HttpConnection answer) {
        String body = answer.body();
        assertTrue(
                answer.header("Content-Type").orElse("none").startsWith("application/json"),
                () -> "Not JSON: " + answer.status() + " " + answer.header("Content-Type") + " " + body);
        assertTrue(answer.header("Cache-Control").orElse("none").contains("no-store"), "The response may be cached.");
        return new Refusal(answer, JsonMapper.shared().readTree(body).get("error"));
    }

    Refusal is(int status, String code) {
        assertEquals(status, answer.status(), () -> "With " + error);
        assertEquals(code, error.get("code").stringValue());
        return this;
    }

    void says(String part) {
        String message = error.get("message").stringValue();
        assertTrue(message.contains(part), () -> "Should say '" + part + "': " + message);
    }

    void hasHeader(String name) {
        assertTrue(answer.header(name).isPresent(), () -> "Without " + name);
    }
}
