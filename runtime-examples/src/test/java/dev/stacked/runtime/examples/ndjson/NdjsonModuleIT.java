package dev.stacked.runtime.examples.ndjson;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.app.RunningApp;
import dev.stacked.runtime.app.RuntimeApp;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.examples.FirstLines;
import dev.stacked.runtime.examples.reconciler.CounterReconciler;
import java.util.List;
import org.junit.jupiter.api.Test;

class NdjsonModuleIT {
    @Test
    void thirdTransportServesBesideTheOthers() throws Exception {
        try (RunningApp app = RuntimeApp.run(
                new String[] {"--port", "0"},
                new NdjsonModule(),
                binder -> binder.bind(Reconciler.class).to(CounterReconciler.class))) {
            List<String> lines = FirstLines.of(app.url() + "/api/stacks/counter/runtime/ndjson", 1);
            assertTrue(
                    lines.get(0).matches("\\{\"id\":\"[^\"]+\",\"event\":\"snapshot\",\"data\":\\{.*}}"), lines.get(0));

            List<String> sse = FirstLines.of(app.url() + "/api/stacks/counter/runtime/stream", 4);
            assertTrue(sse.contains("event: snapshot"), sse::toString);
        }
    }
}
