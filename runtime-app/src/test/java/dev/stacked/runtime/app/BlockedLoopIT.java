package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.core.StageRuntime;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BlockedLoopIT {
    private static final String BUSY = "runtime_event_loop_busy_seconds";

    @Test
    void aBackendThatBlocksItsLoopIsReportedAndHangsNoPage() throws Exception {
        Blocking backend = new Blocking();
        try (RunningApp app = RuntimeApp.run(
                        new String[] {"--upstream=http://127.0.0.1:1", "--port=0", "--admin-port=0"},
                        binder -> binder.bind(Reconciler.class).toInstance(backend));
                SseClient client = SseClient.open(app.url() + "/api/stacks/checkout/runtime/stream")) {
            AdminClient admin = new AdminClient(app);
            assertTrue(backend.called.await(20, TimeUnit.SECONDS));

            admin.scrapeUntil(samples -> samples.get(BUSY) > 1);
            HttpResponse<String> pollers = admin.get("/pollers", "*/*");
            HttpResponse<String> ready = admin.get("/health/ready", "*/*");

            assertEquals(503, pollers.statusCode());
            assertEquals(200, ready.statusCode());
            JsonNode blocked = JsonMapper.shared().readTree(ready.body()).get("blockedLoop");
            assertEquals("checkout", blocked.get("stack").stringValue());
            assertTrue(blocked.get("name").stringValue().startsWith("stack-loop-"));
            assertTrue(blocked.get("millis").longValue() >= 1_000);

            backend.goOn.countDown();
            client.next("snapshot");
            admin.scrapeUntil(samples -> samples.get(BUSY) < 1);
            assertEquals(200, admin.get("/pollers", "*/*").statusCode());
        }
    }

    private static final class Blocking implements Reconciler {
        final CountDownLatch called = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public CompletionStage<StackDocument> readStack(StackId stack, CallContext call) {
            called.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return CompletableFuture.completedFuture(new StackDocument(List.of()));
        }

        @Override
        public CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage, CallContext call) {
            throw new IllegalStateException("There are no stages.");
        }
    }
}
