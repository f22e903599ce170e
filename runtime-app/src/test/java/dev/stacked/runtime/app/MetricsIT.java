package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsIT {
    @Test
    void whatIsScrapedMovesWithWhatHappens() throws Exception {
        try (RunningApp app = start()) {
            AdminClient admin = new AdminClient(app);
            assertEquals(0, admin.scrape().get("runtime_subscribers"));

            try (SseClient client = SseClient.open(app.url() + "/api/stacks/checkout/runtime/stream")) {
                client.next("snapshot");
                Map<String, Double> samples = admin.scrape();

                assertEquals(1, samples.get("runtime_pollers"));
                assertEquals(1, samples.get("runtime_subscribers"));
                assertEquals(1, samples.get("runtime_streams{transport=\"sse\"}"));
                assertEquals(1, samples.get("runtime_upstream_breaker{state=\"closed\"}"));
                assertTrue(samples.get("runtime_upstream_calls_seconds_count{outcome=\"ok\",route=\"stack\"}") >= 1);
                assertEquals(0, samples.get("runtime_refusals_total{reason=\"draining\"}"));
                assertEquals(1, samples.get("runtime_events_total{event=\"snapshot\"}"));
                assertTrue(samples.get("runtime_event_size_bytes_sum{event=\"snapshot\"}") > 100);
                client.next("stage-runtime");
                admin.scrapeUntil(now -> now.get("runtime_delivery_seconds_count{transport=\"sse\"}") > 0
                        && now.get("runtime_fanout_seconds_count") > 0);
                assertTrue(samples.get("jvm_threads_live_threads") > 0);
                assertTrue(samples.get("process_uptime_seconds") > 0);
            }

            Map<String, Double> left = admin.scrapeUntil(samples -> samples.get("runtime_subscribers") == 0);
            assertEquals(0, left.get("runtime_pollers_without_subscribers"));
            assertEquals(0, left.get("runtime_pollers"));
        }
    }

    @Test
    void noLabelSaysWhichStackOrWhichClient() throws Exception {
        try (RunningApp app = start();
                SseClient client = SseClient.open(app.url() + "/api/stacks/checkout/runtime/stream")) {
            client.next("stage-runtime");

            String metrics = new AdminClient(app).get("/metrics", "*/*").body();

            assertFalse(metrics.contains("checkout"), metrics);
            assertFalse(metrics.contains("127.0.0.1"), metrics);
        }
    }

    private static RunningApp start() {
        return RuntimeApp.run(new String[] {"--demo", "--port=0", "--admin-port=0"});
    }
}
