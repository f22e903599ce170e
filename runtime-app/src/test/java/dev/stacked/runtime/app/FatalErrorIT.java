package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that runs out of memory ends, without a JVM flag. */
class FatalErrorIT {
    private static final List<String> SMALL =
            List.of("-XX:TieredStopAtLevel=1", "-XX:-ExitOnOutOfMemoryError", "-XX:+UseSerialGC", "-Xmx48m");

    @ParameterizedTest
    @ValueSource(strings = {"on-the-loop", "in-a-future", "on-a-thread-that-keeps-quiet"})
    void theProcessEndsWhereverMemoryRunsOut(String where) throws Exception {
        try (AppProcess app = AppProcess.start(
                        LeakingApp.class, SMALL, "--upstream=http://127.0.0.1:1", "--port=0", "--admin-port=0");
                SseClient client = SseClient.open(
                        "http://127.0.0.1:" + app.awaitPort() + "/api/stacks/" + where + "/runtime/stream")) {
            assertEquals(3, app.awaitExit(), "exit code");
            client.awaitEnd();

            assertTrue(String.join("\n", app.errors()).contains("The process cannot go on"));
        }
    }
}
