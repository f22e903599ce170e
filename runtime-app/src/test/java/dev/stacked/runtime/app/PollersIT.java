package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PollersIT {
    @Test
    void eachStackIsShownWithItsReadersItsLastPollAndItsHistory() throws Exception {
        try (RunningApp app = start();
                SseClient client = SseClient.open(app.url() + "/api/stacks/checkout/runtime/stream")) {
            client.next("snapshot");

            HttpResponse<String> answer = new AdminClient(app).get("/pollers", "*/*");

            assertEquals(200, answer.statusCode());
            assertEquals(
                    "application/json",
                    answer.headers().firstValue("Content-Type").orElseThrow());
            JsonNode pollers = JsonMapper.shared().readTree(answer.body()).get("pollers");
            assertEquals(1, pollers.size());
            JsonNode poller = pollers.get(0);
            assertEquals("checkout", poller.get("stack").stringValue());
            assertEquals(1, poller.get("subscribers").intValue());
            assertTrue(poller.at("/lastPoll/startedAt").stringValue().endsWith("Z"));
            assertTrue(poller.at("/lastPoll/lagMillis").isIntegralNumber());
            assertTrue(poller.at("/history/oldest").stringValue().endsWith("-1"));
            assertTrue(poller.get("upstream").isString());
            assertTrue(poller.get("consecutiveFailures").isIntegralNumber());
            assertTrue(poller.get("failing").isArray());
        }
    }

    @Test
    void aBrowserGetsATableInWhichNothingOfAnIdIsMarkup() throws Exception {
        String evil = "%3Cscript%3Ealert(1)%3C%2Fscript%3E%22'%26";
        try (RunningApp app = RuntimeApp.run(new String[] {
                    "--upstream=http://127.0.0.1:1", "--retry-attempts=1", "--port=0", "--admin-port=0"
                });
                SseClient client = SseClient.open(app.url() + "/api/stacks/" + evil + "/runtime/stream")) {
            client.next("error");

            HttpResponse<String> answer =
                    new AdminClient(app).get("/pollers", "text/html,application/xhtml+xml,*/*;q=0.8");

            assertEquals(
                    "text/html; charset=utf-8",
                    answer.headers().firstValue("Content-Type").orElseThrow());
            assertTrue(
                    answer.body().contains("<td>&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;<td>"),
                    answer.body());
            assertFalse(answer.body().contains("<script"), answer.body());
        }
    }

    private static RunningApp start() {
        return RuntimeApp.run(new String[] {"--demo", "--port=0", "--admin-port=0"});
    }
}
