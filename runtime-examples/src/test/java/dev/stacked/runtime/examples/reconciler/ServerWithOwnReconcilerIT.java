package dev.stacked.runtime.examples.reconciler;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.app.RunningApp;
import dev.stacked.runtime.examples.FirstLines;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerWithOwnReconcilerIT {
    @Test
    void oneBindingReplacesTheUpstream() throws Exception {
        try (RunningApp app = ServerWithOwnReconciler.start("--port", "0", "--poll-interval", "50ms")) {
            List<String> lines = FirstLines.of(app.url() + "/api/stacks/counter/runtime/stream", 8);

            assertTrue(lines.contains("event: snapshot"), lines::toString);
            assertTrue(lines.contains("event: stage-runtime"), lines::toString);
        }
    }
}
