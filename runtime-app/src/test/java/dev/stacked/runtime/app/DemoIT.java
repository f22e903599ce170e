package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoIT {
    private static final RunningApp APP = RuntimeApp.run(
            new String[] {
                "--demo", "--port=0", "--poll-interval=50ms", "--heartbeat-interval=200ms", "--retry-attempts=1"
            },
            binder -> binder.bind(Clock.class).toInstance(new QuickClock(20)));

    @AfterAll
    static void stop() {
        APP.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkout", "search", "mobile%20app%2F%CE%B1", "billing"})
    void everyStackTellsItsStateAtOnceAndThenWhatHappens(String stack) throws Exception {
        try (SseClient client = SseClient.open(APP.url() + "/api/stacks/" + stack + "/runtime/stream")) {
            SseClient.Event snapshot = client.next();
            assertEquals("snapshot", snapshot.name());
            assertFalse(snapshot.data().get("runtimeByStageId").isEmpty());
            assertTrue(snapshot.data().get("stages").size() >= 4);

            SseClient.Event change = client.next("stage-runtime");
            SseClient.Event ready = client.next("review-ready");

            assertFalse(change.text("stageId").isEmpty());
            assertFalse(ready.text("stageTitle").isEmpty());
            SseClient.Event cause = client.seen("stage-runtime").stream()
                    .filter(event -> number(event) == number(ready) - 1)
                    .findFirst()
                    .orElseThrow();
            assertEquals(ready.text("stageId"), cause.text("stageId"));
            assertEquals("review", cause.data().at("/runtime/stageStatus").stringValue());
            assertEquals(
                    "ok",
                    client.next(event -> event.is("heartbeat")
                                    && event.text("upstream").equals("ok"))
                            .text("upstream"));
        }
    }

    @Test
    void failuresOfTheUpstreamAreToldAndSurvived() throws Exception {
        try (SseClient checkout = SseClient.open(APP.url() + "/api/stacks/checkout/runtime/stream");
                SseClient search = SseClient.open(APP.url() + "/api/stacks/search/runtime/stream")) {
            checkout.next(event -> event.is("error") && event.text("code").equals("reconcile-failed"));
            search.next(event -> event.is("error") && event.text("code").equals("upstream-unavailable"));
            checkout.next("stage-runtime");
            search.next("stage-runtime");
        }
    }

    private static long number(SseClient.Event event) {
        return Long.parseLong(event.id().substring(event.id().lastIndexOf('-') + 1));
    }
}
