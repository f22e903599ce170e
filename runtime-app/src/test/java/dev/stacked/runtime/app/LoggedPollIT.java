package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.Stage;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.core.StageRuntime;
import dev.stacked.runtime.core.StageStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** Finds the calls of one poll in the log. */
class LoggedPollIT {
    /** A backend that records the diagnostic context of its calls. */
    private static final class LookingReconciler implements Reconciler {
        private final StageRuntime runtime = StageRuntime.stored(StageStatus.REVIEW, null, null);
        private final BlockingQueue<Map<String, String>> contexts = new LinkedBlockingQueue<>();

        @Override
        public CompletionStage<StackDocument> readStack(StackId stack) {
            contexts.add(MDC.getCopyOfContextMap());
            return CompletableFuture.completedFuture(
                    new StackDocument(List.of(new Stage(new StageId("only"), "Only", runtime))));
        }

        @Override
        public CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage) {
            contexts.add(MDC.getCopyOfContextMap());
            return CompletableFuture.completedFuture(runtime);
        }

        Map<String, String> next() throws InterruptedException {
            Map<String, String> context = contexts.poll(30, TimeUnit.SECONDS);
            return context == null ? Map.of() : context;
        }
    }

    @Test
    void theCallsOfOnePollHaveItsNameAndTheNextPollHasAnother() throws Exception {
        LookingReconciler backend = new LookingReconciler();
        try (RunningApp app = RuntimeApp.run(
                        new String[] {"--port=0", "--admin-port=0", "--poll-interval=100ms"},
                        binder -> binder.bind(Reconciler.class).toInstance(backend));
                SseClient client = SseClient.open(app.url() + "/api/stacks/any/runtime/stream")) {
            client.next("snapshot");
            Map<String, String> document = backend.next();
            Map<String, String> stage = backend.next();
            Map<String, String> nextDocument = backend.next();

            assertEquals("any", document.get("stack"));
            assertTrue(document.get("poll").matches("[a-z0-9]+\\.1"), document.get("poll"));
            assertEquals(document, stage);
            assertEquals("any", nextDocument.get("stack"));
            assertNotEquals(document.get("poll"), nextDocument.get("poll"));
        }
    }
}
