package dev.stacked.runtime.examples.upstream;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.stacked.runtime.app.RunningApp;
import dev.stacked.runtime.app.RuntimeApp;
import dev.stacked.runtime.examples.FirstLines;
import org.junit.jupiter.api.Test;

class SampleUpstreamIT {
    @Test
    void serverStreamsItUntilItIsReadyForReview() throws Exception {
        HttpServer upstream = SampleUpstream.start(0);
        String[] args = {
            "--upstream=http://127.0.0.1:" + upstream.getAddress().getPort(),
            "--port=0",
            "--admin-port=off",
            "--poll-interval=100ms",
            "--drain-window=0s"
        };
        try (RunningApp app = RuntimeApp.run(args)) {
            String stream = "http://127.0.0.1:" + app.port() + "/api/stacks/sample/runtime/stream";

            assertTrue(FirstLines.contain(stream, "event: review-ready"));
        } finally {
            upstream.stop(0);
        }
    }
}
