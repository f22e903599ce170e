package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.testkit.RecordingSubscriber;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each transition from in-progress to review is emitted once, in every situation. */
final class ReviewReadyTest {
    private final Rig rig = new Rig();

    @Test
    void transitionInsideTheFirstPollFollowsTheSnapshot() {
        rig.stage().documentSays("in-progress").reconcileSays("review");

        RecordingSubscriber subscriber = rig.join();

        assertEquals(List.of("snapshot", "review-ready"), subscriber.takeNames());
    }

    @Test
    void transitionInsideALaterPollIsTold() {
        rig.stage().is("in-progress");
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();

        rig.stage().reconcileSays("review");
        rig.nextPoll();

        assertEquals(List.of("stage-runtime", "review-ready"), subscriber.takeNames());
    }

    @Test
    void documentThatLagsBehindTheReconcileRepeatsNothing() {
        rig.stage().documentSays("in-progress").reconcileSays("review");
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();

        rig.nextPoll();
        rig.nextPoll();
        rig.stage().documentSays("review");
        rig.nextPoll();

        assertEquals(List.of(), subscriber.takeNames());
    }

    @Test
    void stageInReviewWhenFirstSeenIsNotAnnounced() {
        rig.stage().is("review");

        RecordingSubscriber subscriber = rig.join();
        rig.nextPoll();

        assertEquals(List.of("snapshot"), subscriber.takeNames());
    }

    @Test
    void failedReconcileBeforeTheTransitionDoesNotLoseIt() {
        rig.stage().is("in-progress");
        RecordingSubscriber subscriber = rig.join();
        rig.stage().failsWith(ErrorCode.RECONCILE_FAILED);
        rig.nextPoll();
        subscriber.takeEvents();

        rig.stage().recovers().is("review");
        rig.nextPoll();

        assertEquals(List.of("stage-runtime", "review-ready"), subscriber.takeNames());
    }

    @Test
    void documentOutageBeforeTheTransitionDoesNotLoseIt() {
        rig.stage().is("in-progress");
        RecordingSubscriber subscriber = rig.join();
        rig.stack().failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);
        rig.nextPoll();
        subscriber.takeEvents();

        rig.stack().recovers();
        rig.stage().is("review");
        rig.nextPoll();

        assertEquals(List.of("stage-runtime", "review-ready"), subscriber.takeNames());
    }

    @Test
    void stageThatWasNeverReconciledWhileInProgressIsAnnouncedAllTheSame() {
        rig.stage().is("in-progress").failsWith(ErrorCode.RECONCILE_FAILED);
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();

        rig.stage().recovers().is("review");
        rig.nextPoll();

        assertEquals(List.of("snapshot", "stage-runtime", "review-ready"), subscriber.takeNames());
    }

    @Test
    void stageSentBackAndHandedInAgainIsAnnouncedAgain() {
        rig.stage().is("in-progress");
        RecordingSubscriber subscriber = rig.join();
        for (String status : List.of("review", "in-progress", "review")) {
            rig.stage().is(status);
            rig.nextPoll();
        }

        assertEquals(List.of("s1", "s1"), Rig.view(subscriber).reviews());
    }

    @Test
    void stageSentBackAndHandedInAgainBetweenTwoPollsIsAnnouncedAfterItsRuntime() {
        rig.stage().is("in-progress");
        RecordingSubscriber subscriber = rig.join();
        rig.stage().is("review");
        rig.nextPoll();
        subscriber.takeEvents();

        rig.stage().documentSays("in-progress").todos(2, 9);
        rig.nextPoll();

        assertEquals(List.of("stage-runtime", "review-ready"), subscriber.takeNames());
    }

    @Test
    void staleDocumentThatAlternatesAnnouncesNothingTwice() {
        rig.stage().is("in-progress");
        RecordingSubscriber subscriber = rig.join();
        rig.stage().reconcileSays("review");
        for (int i = 0; i < 10; i++) {
            rig.stage().documentSays(i % 2 == 0 ? "in-progress" : "review");
            rig.nextPoll();
        }

        assertEquals(List.of("s1"), Rig.view(subscriber).reviews());
    }

    @Test
    void transitionWhileNobodyReadIsToldToWhoComesBack() {
        rig.stage().is("in-progress");
        RecordingSubscriber before = rig.join();
        rig.leave(before);

        rig.time.advance(Duration.ofSeconds(30));
        rig.stage().is("review");
        RecordingSubscriber after = rig.resume(before.lastEventId().orElseThrow());

        assertEquals(List.of("stage-runtime", "review-ready"), after.takeNames());
    }

    @Test
    void transitionWhileNobodyReadIsToldToAFreshOneAfterTheSnapshot() {
        rig.stage().is("in-progress");
        rig.leave(rig.join());
        rig.time.advance(Rig.POLL);

        rig.stage().is("review");
        RecordingSubscriber after = rig.join();

        assertEquals("snapshot", after.events().get(0).name());
        assertEquals(
                "review",
                Rig.view(after).runtimes().get("s1").get("stageStatus").stringValue());
    }

    @Test
    void approvedWithoutReviewIsNotAnnounced() {
        rig.stage().is("in-progress");
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();

        rig.stage().is("approved");
        rig.nextPoll();
        rig.stage().is("review");
        rig.nextPoll();

        assertEquals(List.of("stage-runtime", "stage-runtime"), subscriber.takeNames());
    }

    @Test
    void titleIsTheOneThatIsKnownAtTheTransition() {
        rig.stage().is("in-progress").titled("Old");
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();

        rig.stage().is("review").titled("New");
        rig.nextPoll();

        assertEquals(
                "New",
                Rig.json(subscriber.takeEvents().get(2)).get("stageTitle").stringValue());
    }
}
