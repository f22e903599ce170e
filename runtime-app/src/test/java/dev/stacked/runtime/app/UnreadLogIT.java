package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class UnreadLogIT {
    private static final Pattern DROPPED =
            Pattern.compile("^runtime_log_dropped_lines_total (\\S+)$", Pattern.MULTILINE);

    /** Nothing reads standard error in this test, so that its pipe is full after 64 KiB. */
    @Test
    void aLogThatNothingReadsStopsNeitherStreamsNorTheEnd() throws Exception {
        int adminPort = freePort();
        try (AppProcess app = AppProcess.start(
                        PouringApp.class,
                        List.of("-XX:TieredStopAtLevel=1"),
                        "--upstream=http://127.0.0.1:1",
                        "--port=0",
                        "--admin-port=" + adminPort,
                        "--log-level=debug",
                        "--heartbeat-interval=1s");
                SseClient client =
                        SseClient.open("http://127.0.0.1:" + app.awaitPort() + "/api/stacks/checkout/runtime/stream")) {
            client.next("snapshot");

            client.next("heartbeat");
            client.next("heartbeat");
            client.next("heartbeat");
            assertTrue(dropped(adminPort) > 0);

            app.terminate();
            assertEquals(143, app.awaitExit());
            client.awaitEnd();
        }
    }

    private static double dropped(int adminPort) throws IOException, InterruptedException {
        HttpRequest metrics = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + "/metrics"))
                .build();
        String page = HttpClient.newHttpClient()
                .send(metrics, BodyHandlers.ofString())
                .body();
        Matcher sample = DROPPED.matcher(page);
        assertTrue(sample.find(), page);
        return Double.parseDouble(sample.group(1));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
