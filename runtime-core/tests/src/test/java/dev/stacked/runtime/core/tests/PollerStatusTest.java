package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.EventId;
import dev.stacked.runtime.core.PollRate;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.PollerStatus;
import dev.stacked.runtime.core.PollerStatus.LastPoll;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.core.UpstreamHealth;
import dev.stacked.runtime.testkit.ManualTime;
import dev.stacked.runtime.testkit.RecordingSubscriber;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** The reported status of pollers. */
final class PollerStatusTest {
    private final Rig rig = new Rig();

    private List<PollerStatus> statuses() {
        return rig.statuses();
    }

    private PollerStatus status() {
        return rig.status();
    }

    @Test
    void nobodyReadsNothing() {
        assertEquals(List.of(), statuses());
    }

    @Test
    void stackThatIsWellSaysWhoReadsItAndHowItWasPolled() {
        rig.stage().todos(0, 9);
        rig.join();
        rig.join();
        rig.stage().todos(1, 9);
        rig.nextPoll();

        PollerStatus status = status();

        assertEquals("checkout", status.stack().value());
        assertEquals(2, status.subscribers());
        assertTrue(status.isPolled());
        assertEquals(PollRate.ACTIVE, status.rate());
        assertEquals(UpstreamHealth.OK, status.upstream());
        assertEquals(0, status.consecutiveFailures());
        assertEquals(List.of(), status.failing());
        assertEquals(new EventId("epoch1", 1), status.oldestEvent());
        assertEquals(new EventId("epoch1", 2), status.newestEvent());
    }

    @Test
    void pollThatIsUnderWayHasNoDurationYetAndOneThatIsOverHas() {
        rig.stack().hold();
        rig.join();
        assertEquals(new LastPoll(ManualTime.START, Duration.ZERO, null), status().lastPoll());
        assertNull(status().newestEvent(), "The history has not begun.");

        rig.time.advance(Duration.ofMillis(300));
        rig.stack().release();
        rig.time.runReady();

        assertEquals(new LastPoll(ManualTime.START, Duration.ZERO, Duration.ofMillis(300)), status().lastPoll());
    }

    @Test
    void pollThatOverranItsIntervalMakesTheNextOneLate() {
        rig.stage();
        rig.join();
        rig.nextPoll();
        rig.nextPoll();
        rig.stack().hold();
        rig.nextPoll();
        rig.time.advance(Rig.POLL.plusMillis(700));
        Duration took = Duration.between(status().lastPoll().startedAt(), rig.time.now());
        rig.stack().release();
        rig.time.runReady();

        assertEquals(took.minus(Rig.POLL), status().lastPoll().lag());
        assertEquals(rig.time.now(), status().lastPoll().startedAt());
    }

    @Test
    void pollThatTakesLongerThanItsIntervalStretchesIt() {
        rig.stage();
        rig.join();
        rig.nextPoll();
        assertEquals(Rig.POLL, status().interval());
        rig.stack().hold();
        rig.nextPoll();
        rig.time.advance(Rig.POLL.multipliedBy(2));
        Duration took = Duration.between(status().lastPoll().startedAt(), rig.time.now());
        rig.upstream.held().get(0).answer(); // the next poll begins at once, and waits
        rig.time.runReady();

        assertEquals(took, status().interval());
        rig.stack().release();
        rig.nextPoll();
        assertEquals(Rig.POLL, status().interval());
    }

    @Test
    void whatFailsIsListedTheDocumentFirst() {
        rig.stage().failsWith(ErrorCode.RECONCILE_FAILED);
        rig.join();
        assertEquals(UpstreamHealth.DEGRADED, status().upstream());
        assertEquals(0, status().consecutiveFailures());

        rig.stack().failsWith(ErrorCode.INVALID_UPSTREAM_RESPONSE);
        rig.nextPoll();

        PollerStatus status = status();
        assertEquals(UpstreamHealth.DOWN, status.upstream());
        assertEquals(1, status.consecutiveFailures());
        assertEquals(
                List.of(ErrorCode.INVALID_UPSTREAM_RESPONSE, ErrorCode.RECONCILE_FAILED),
                status.failing().stream()
                        .map(failing -> failing.failure().code())
                        .toList());
        assertEquals(new StageId("s1"), status.failing().get(1).failure().stage());
    }

    @Test
    void failuresAreCountedUntilThePollThatSucceeds() {
        rig.stage();
        rig.join();
        rig.stack().failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);
        rig.nextPoll();
        int first = status().consecutiveFailures();
        rig.time.advance(Duration.ofMinutes(2));
        int later = status().consecutiveFailures();
        rig.stack().recovers();
        rig.time.advance(Duration.ofMinutes(2));

        assertEquals(1, first);
        assertTrue(later > 3, "" + later);
        assertEquals(0, status().consecutiveFailures());
    }

    @Test
    void stackThatIsOnlyKeptIsListedAsSuchUntilItIsRetired() {
        rig.stage();
        rig.leave(rig.join());

        assertFalse(status().isPolled());
        assertEquals(0, status().subscribers());
        assertEquals(new EventId("epoch1", 1), status().newestEvent());
        rig.time.advance(Rig.SETTINGS.retain());
        assertEquals(List.of(), statuses());
    }

    @Test
    void historyRangeIsWhatCanBeReplayed() {
        Rig small = new Rig(Rig.SETTINGS.withHistory(3));
        small.stage().todos(0, 9);
        small.join();
        for (int i = 1; i <= 6; i++) {
            small.stage().todos(i, 9);
            small.nextPoll();
        }

        assertEquals(new EventId("epoch1", 5), small.status().oldestEvent());
        assertEquals(new EventId("epoch1", 7), small.status().newestEvent());
    }

    @Test
    void stacksOfAllLoopsAreListedInTheOrderOfTheirIds() {
        PollerRegistry registry = PollerRegistry.builder(rig.upstream)
                .settings(Rig.SETTINGS)
                .loops(List.of(rig.time.newLoop(), rig.time.newLoop(), rig.time.newLoop()))
                .clock(rig.time.clock())
                .nanoTime(rig.time::nanoTime)
                .epochs(() -> "epoch")
                .build();
        List<String> ids = List.of("a", "b", "c", "d", "e", "f");
        for (int i = ids.size() - 1; i >= 0; i--) {
            registry.stream(rig.upstream.stack(ids.get(i)).id()).subscribe(RecordingSubscriber.eager());
        }
        rig.time.runReady();

        assertEquals(
                ids,
                rig.statuses(registry).stream()
                        .map(status -> status.stack().value())
                        .toList());
    }

    @Test
    void loopThatIsShutDownFailsTheQuestionInsteadOfLeavingItOpen() {
        rig.loop.shutdown();

        var gathered = rig.registry.pollers().toCompletableFuture();

        assertThrows(CompletionException.class, gathered::join);
    }
}
