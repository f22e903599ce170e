package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stacked.runtime.testkit.RawClient;
import dev.stacked.runtime.testkit.ResponseHead;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ErrorResponseIT {
    private record Answer(int status, Map<String, String> headers, String body) {}

    private static Answer answer(ErrorResponse response) {
        try (TestServer server = new TestServer(exchange -> {
            exchange.setPersistent(false);
            response.send(exchange);
        })) {
            RawClient client = server.get("/");
            ResponseHead head = client.head();
            return new Answer(head.status(), head.headers(), client.rest());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "\"},\"code\":\"forged\",\"x\":{\"",
                "\\",
                "\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
                "\0\u001f\u007f\u0085\u2028",
                "</script><!--",
                "ü 🚀",
                ""
            })
    void noTextBreaksOutOfTheJson(String text) {
        Answer answer = answer(new ErrorResponse(418, text, text, Map.of()));

        JsonNode error = JsonMapper.shared().readTree(answer.body()).get("error");
        assertEquals(2, error.size());
        assertEquals(text, error.get("code").stringValue());
        assertEquals(text, error.get("message").stringValue());
    }

    @Test
    void bodyIsCompactAndNamesTheCodeFirst() {
        Answer answer = answer(ErrorResponse.invalidInput("Stack id is required."));

        assertEquals(400, answer.status());
        assertEquals("{\"error\":{\"code\":\"invalid-input\",\"message\":\"Stack id is required.\"}}", answer.body());
        assertEquals("application/json", answer.headers().get("Content-Type"));
        assertEquals("no-store", answer.headers().get("Cache-Control"));
    }

    @Test
    void unavailableSaysWhenToComeBack() {
        Answer answer = answer(ErrorResponse.unavailable("draining", "Later.", Duration.ofMillis(4999)));

        assertEquals(503, answer.status());
        assertEquals("4", answer.headers().get("Retry-After"));
    }

    @Test
    void methodNotAllowedSaysWhichAre() {
        Answer answer = answer(ErrorResponse.methodNotAllowed("GET, HEAD"));

        assertEquals(405, answer.status());
        assertEquals("GET, HEAD", answer.headers().get("Allow"));
    }

    @Test
    void faultOfTheServerTellsNothingOfItself() {
        Answer answer = answer(ErrorResponse.internal());

        assertEquals(500, answer.status());
        assertEquals("{\"error\":{\"code\":\"internal\",\"message\":\"The server failed to answer.\"}}", answer.body());
    }
}
