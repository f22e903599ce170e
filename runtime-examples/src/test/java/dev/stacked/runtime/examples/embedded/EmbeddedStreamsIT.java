package dev.stacked.runtime.examples.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.examples.FirstLines;
import dev.stacked.runtime.examples.reconciler.CounterReconciler;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedStreamsIT {
    @Test
    void streamsStandBesidePagesOfOnesOwn() throws Exception {
        try (EmbeddedStreams server = new EmbeddedStreams(new CounterReconciler())) {
            String base = "http://127.0.0.1:" + server.port();

            assertEquals(List.of("my own page"), FirstLines.of(base + "/", 1));
            List<String> stream = FirstLines.of(base + "/api/stacks/counter/runtime/stream", 5);
            assertTrue(stream.contains("event: snapshot"), stream::toString);
        }
    }
}
