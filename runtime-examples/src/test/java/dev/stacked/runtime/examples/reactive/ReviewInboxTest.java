package dev.stacked.runtime.examples.reactive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StreamSettings;
import dev.stacked.runtime.testkit.ManualTime;
import dev.stacked.runtime.testkit.ScriptedReconciler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

class ReviewInboxTest {
    private final ManualTime time = new ManualTime();
    private final ScriptedReconciler upstream = new ScriptedReconciler();
    private final StreamSettings settings = StreamSettings.defaults();
    private final PollerRegistry registry = PollerRegistry.builder(upstream)
            .settings(settings)
            .loops(List.of(time.newLoop()))
            .clock(time.clock())
            .nanoTime(time::nanoTime)
            .epochs(() -> "epoch")
            .build();

    @Test
    void titleArrivesWhenAStageBecomesReadyForReview() {
        upstream.stack("checkout").stage("s1").titled("Pay by card").is("in-progress");
        List<String> titles = new ArrayList<>();
        Disposable reading =
                new ReviewInbox(registry).titles(new StackId("checkout")).subscribe(titles::add);
        time.runReady();

        upstream.stack("checkout").stage("s1").is("review");
        time.advance(settings.pollInterval());
        reading.dispose();

        assertEquals(List.of("Pay by card"), titles);
    }
}
