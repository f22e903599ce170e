package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.StreamSubscriber;
import dev.stacked.runtime.testkit.RecordingSubscriber;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscribers of all kinds are served, and do not disturb each other. */
final class SubscriberTest {
    private final Rig rig = new Rig();

    @Test
    void slowSubscriberGetsNewestStateNotABacklog() {
        rig.stage().todos(0, 1000);
        rig.stack().stage("s2").todos(0, 1000);
        RecordingSubscriber live = rig.join();
        RecordingSubscriber slow = rig.joinStalled();
        slow.request(1);
        rig.time.runReady();
        for (int i = 1; i <= 1000; i++) {
            rig.stage().todos(i, 1000);
            rig.stack().stage("s2").todos(i, 1000);
            rig.nextPoll();
        }

        slow.request(1000);
        rig.time.runReady();

        assertEquals(2001, live.events().size());
        assertEquals(Rig.view(live).runtimes(), Rig.view(slow).runtimes());
        assertTrue(
                slow.events().size() <= 4,
                "Bounded by the number of stages: " + slow.events().size());
    }

    @Test
    void slowSubscriberLosesNoReviewReady() {
        rig.stage().is("in-progress");
        RecordingSubscriber slow = rig.joinStalled();
        slow.request(1);
        rig.time.runReady();
        rig.stage().is("review");
        rig.nextPoll();
        for (int i = 1; i <= 1000; i++) {
            rig.stage().todos(i, 1000);
            rig.nextPoll();
        }

        slow.request(1000);
        rig.time.runReady();

        assertEquals(List.of("s1"), Rig.view(slow).reviews());
        assertEquals(
                1000, Rig.view(slow).runtimes().get("s1").get("todoCompleted").intValue());
    }

    @Test
    void reviewReadyComesDirectlyAfterItsRuntimeForAReaderThatKeepsUp() {
        rig.stage().is("in-progress");
        rig.stack().stage("s2").is("in-progress");
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();
        rig.stage().is("review");
        rig.stack().stage("s2").is("review");

        rig.nextPoll();

        assertEquals(List.of("stage-runtime", "review-ready", "stage-runtime", "review-ready"), subscriber.takeNames());
    }

    @Test
    void demandOfOneGivesOneEventAtATime() {
        rig.stage().is("in-progress");
        RecordingSubscriber subscriber = rig.joinStalled();
        assertTrue(subscriber.isOpen(), "Opening needs no demand.");
        assertEquals(List.of(), subscriber.events());
        rig.stage().is("review");
        rig.nextPoll();

        for (int i = 1; i <= 2; i++) {
            subscriber.request(1);
            rig.time.runReady();
            assertEquals(i, subscriber.events().size());
        }

        assertEquals(List.of("snapshot", "review-ready"), subscriber.takeNames());
    }

    @Test
    void demandAsManyTimesAsOneLikesNeverOverflows() {
        rig.stage();
        RecordingSubscriber subscriber = rig.join();
        subscriber.request(Long.MAX_VALUE);
        subscriber.request(1);
        rig.time.runReady();

        rig.stage().todos(1, 1);
        rig.nextPoll();

        assertEquals(2, subscriber.events().size());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void demandThatIsNotPositiveEndsTheStream(long demand) {
        rig.stage();
        RecordingSubscriber subscriber = rig.joinStalled();
        RecordingSubscriber other = rig.join();

        subscriber.request(demand);
        rig.time.runReady();

        assertInstanceOf(IllegalArgumentException.class, subscriber.error().orElseThrow());
        assertTrue(other.error().isEmpty());
    }

    @Test
    void subscriberThatThrowsIsDroppedAndNobodyElseNotices() {
        rig.stage();
        RecordingSubscriber good = rig.join();
        rig.registry.stream(rig.stack().id()).subscribe(new NoisySubscriber() {
            @Override
            public void onNext(EncodedEvent event) {
                throw new IllegalStateException("thrown by a test");
            }
        });
        rig.registry.stream(rig.stack().id()).subscribe(new NoisySubscriber() {
            @Override
            public void onOpen() {
                throw new IllegalStateException("thrown by a test");
            }
        });
        rig.time.runReady();

        rig.stage().todos(1, 1);
        rig.nextPoll();
        assertEquals(2, good.events().size());
        rig.leave(good);
        int calls = rig.upstream.callCount();
        rig.nextPoll();

        assertEquals(calls, rig.upstream.callCount(), "Those that threw hold nothing alive.");
    }

    @Test
    void subscriberThatThrowsWhenItIsGivenItsSubscriptionNeverJoins() {
        rig.stage();
        NoisySubscriber thrower = new NoisySubscriber() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                throw new IllegalStateException("thrown by a test");
            }
        };
        Flow.Publisher<EncodedEvent> stream = rig.registry.stream(rig.stack().id());

        assertThrows(IllegalStateException.class, () -> stream.subscribe(thrower));
        rig.time.advance(Rig.POLL);

        assertEquals(0, rig.upstream.callCount());
    }

    @Test
    void subscriberMayLeaveFromWithinASignal() {
        rig.stage();
        RecordingSubscriber staying = rig.join();
        for (int i = 0; i < 3; i++) {
            rig.registry.stream(rig.stack().id()).subscribe(new NoisySubscriber() {
                @Override
                public void onNext(EncodedEvent event) {
                    super.onNext(event);
                    subscription.cancel();
                }
            });
        }
        rig.time.runReady();
        rig.stage().todos(1, 1);
        rig.nextPoll();

        assertEquals(3, heard, "One event each.");
        assertEquals(2, staying.events().size());
    }

    @Test
    void nothingIsSignalledAfterLeaving() {
        rig.stage();
        RecordingSubscriber subscriber = rig.join();
        RecordingSubscriber other = rig.join();
        subscriber.takeEvents();

        subscriber.cancel();
        subscriber.cancel();
        subscriber.request(5);
        rig.stage().todos(1, 1);
        rig.nextPoll();
        rig.registry.close();
        rig.time.runReady();

        assertEquals(List.of(), subscriber.takeEvents());
        assertFalse(subscriber.isCompleted());
        assertTrue(other.isCompleted());
    }

    @Test
    void closingCompletesAllStreamsAndStopsAllPolling() {
        rig.stage();
        RecordingSubscriber open = rig.join();
        rig.upstream.stack("other").hold();
        RecordingSubscriber waiting = RecordingSubscriber.eager();
        rig.registry.stream(rig.upstream.stack("other").id()).subscribe(waiting);
        rig.time.runReady();

        rig.registry.close();
        rig.registry.close();
        rig.time.runReady();

        assertTrue(open.isCompleted());
        assertTrue(waiting.isCompleted());
        assertFalse(waiting.isOpen());
        assertEquals(List.of(), rig.upstream.held());
        assertEquals(0, rig.time.waitingTasks());
        RecordingSubscriber late = rig.join();
        assertTrue(late.isCompleted());
        assertFalse(late.isOpen());
    }

    @Test
    void closingForgetsRetainedStacksToo() {
        rig.stage();
        rig.leave(rig.join());

        rig.registry.close();
        rig.time.runReady();

        assertEquals(0, rig.time.waitingTasks());
    }

    private int heard;

    private class NoisySubscriber implements StreamSubscriber {
        Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onOpen() {}

        @Override
        public void onNext(EncodedEvent event) {
            heard++;
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }

    @Test
    void completionNeedsNoDemand() {
        rig.stage().is("in-progress").reconcileSays("review");
        RecordingSubscriber subscriber = rig.joinStalled();
        subscriber.request(2);
        rig.time.runReady();
        assertEquals(List.of("snapshot", "review-ready"), subscriber.takeNames());

        rig.registry.close();
        rig.time.runReady();

        assertTrue(subscriber.isCompleted());
    }
}
