package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.StackNotFoundException;
import dev.stacked.runtime.core.StackReader;
import dev.stacked.runtime.testkit.RecordingSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The opening of a stream and its first events. */
final class OpeningTest {
    private static final Duration TIMEOUT = Rig.SETTINGS.firstSnapshotTimeout();
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final Rig rig = new Rig();

    @Test
    void firstSubscriberWaitsForTheFirstPollAndGetsAllOfIt() {
        rig.stage();
        rig.stack().stage("s2").hold();

        RecordingSubscriber subscriber = rig.join();
        assertFalse(subscriber.isOpen());
        assertEquals(List.of(), subscriber.events());
        rig.stack().stage("s2").release();
        rig.time.runReady();

        assertTrue(subscriber.isOpen());
        assertEquals(List.of("snapshot"), subscriber.takeNames());
        assertEquals(Set.of("s1", "s2"), Rig.view(subscriber).runtimes().keySet());
    }

    @Test
    void simultaneousFirstSubscribersShareOnePoll() {
        rig.stage().hold();
        RecordingSubscriber first = rig.join();
        RecordingSubscriber second = rig.join();
        assertEquals(2, rig.upstream.callCount());

        rig.stage().release();
        rig.time.runReady();

        assertEquals(first.events(), second.events());
        assertEquals(1, first.events().size());
        assertEquals(1, rig.upstream.mostUnderWay("checkout"));
    }

    @Test
    void subscriberOfARunningPollerWaitsForNothing() {
        rig.stage();
        rig.join();
        rig.stack().hold();
        rig.nextPoll();

        RecordingSubscriber second = rig.join();

        assertTrue(second.isOpen());
        assertEquals(List.of("snapshot"), second.takeNames());
    }

    @Test
    void streamOpensWithAnErrorWhenTheDocumentIsLateAndTheSnapshotFollows() {
        rig.stage();
        rig.stack().hold();
        RecordingSubscriber subscriber = rig.join();

        rig.time.advance(TIMEOUT.minus(MOMENT));
        assertFalse(subscriber.isOpen());
        rig.time.advance(MOMENT);
        assertTrue(subscriber.isOpen());
        assertEquals(List.of("error"), subscriber.takeNames());
        rig.stack().release();
        rig.time.runReady();

        assertEquals(List.of("snapshot"), subscriber.takeNames());
        assertEquals(Set.of("s1"), Rig.view(subscriber).runtimes().keySet());
    }

    @Test
    void readerThatIsFasterThanTheEventLoopGetsTheErrorToo() {
        rig.stage();
        rig.stack().hold();
        Executor atOnce = Runnable::run;
        List<String> names = new ArrayList<>();
        AtomicReference<StackReader> reader = new AtomicReference<>();
        reader.set(rig.registry.read(rig.stack().id(), null, atOnce, () -> {
            for (EncodedEvent event = reader.get().poll();
                    event != null;
                    event = reader.get().poll()) {
                names.add(event.name());
            }
        }));

        rig.time.advance(TIMEOUT);

        assertEquals(List.of("error"), names);
    }

    @Test
    void streamOpensWithWhatThereIsWhenOneStageIsLate() {
        rig.stage().todos(1, 2);
        rig.stack().stage("s2").hold();
        RecordingSubscriber subscriber = rig.join();

        rig.time.advance(TIMEOUT);

        assertEquals(List.of("snapshot"), subscriber.takeNames());
        assertEquals(Set.of("s1"), Rig.view(subscriber).runtimes().keySet());
        rig.stack().stage("s2").release();
        rig.time.runReady();
        assertEquals(List.of("stage-runtime"), subscriber.takeNames());
    }

    @Test
    void snapshotIsNeverEmptyBecauseTheFirstStagesAreLate() {
        rig.stage().hold();
        rig.stack().stage("s2").hold();
        RecordingSubscriber subscriber = rig.join();

        rig.time.advance(TIMEOUT);
        assertEquals(List.of("error"), subscriber.takeNames(), "No snapshot yet: it would be empty.");
        rig.stage().release();
        rig.time.runReady();

        assertEquals(List.of("snapshot"), subscriber.takeNames());
        assertEquals(Set.of("s1"), Rig.view(subscriber).runtimes().keySet());
    }

    @Test
    void subscriberThatJoinsWhileTheFirstStagesAreLateIsToldAtOnce() {
        rig.stage().hold();
        RecordingSubscriber first = rig.join();
        rig.time.advance(TIMEOUT);
        first.takeEvents();

        RecordingSubscriber second = rig.join();
        assertTrue(second.isOpen());
        assertEquals(List.of("error"), second.takeNames());
        rig.stage().release();
        rig.time.runReady();

        assertEquals(List.of("snapshot"), first.takeNames());
        assertEquals(List.of("snapshot"), second.takeNames());
        assertEquals(List.of("snapshot"), rig.join().takeNames(), "By now nothing is late.");
    }

    @Test
    void snapshotComesWithoutRuntimesWhenEveryStageFailed() {
        rig.stage().failsWith(ErrorCode.RECONCILE_FAILED);

        RecordingSubscriber subscriber = rig.join();

        assertEquals(Set.of("snapshot", "error"), Set.copyOf(subscriber.takeNames()));
        assertEquals(List.of("s1"), Rig.view(subscriber).stages());
    }

    @Test
    void streamOpensWithAnErrorWhenTheUpstreamIsDownAndTheSnapshotFollows() {
        rig.stage();
        rig.stack().failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);

        RecordingSubscriber subscriber = rig.join();
        assertTrue(subscriber.isOpen());
        assertEquals(List.of("error"), subscriber.takeNames());
        RecordingSubscriber second = rig.join();
        assertEquals(List.of("error"), second.takeNames());
        rig.stack().recovers();
        rig.nextPoll();

        assertEquals(List.of("snapshot"), subscriber.takeNames());
        assertEquals(List.of("snapshot"), second.takeNames());
    }

    @Test
    void stackThatProvesMissingAfterItsStreamOpenedIsToldAndTheStreamEnds() {
        rig.stack().hold();
        RecordingSubscriber subscriber = rig.join();
        rig.time.advance(TIMEOUT);
        subscriber.takeEvents();

        rig.stack().failsWith(ErrorCode.STACK_NOT_FOUND).release();
        rig.time.runReady();

        assertEquals(List.of("error"), subscriber.takeNames());
        assertInstanceOf(StackNotFoundException.class, subscriber.error().orElseThrow());
    }

    @Test
    void transitionInsideALateFirstPollIsToldAfterTheSnapshot() {
        rig.stage().documentSays("in-progress").reconcileSays("review").hold();
        RecordingSubscriber subscriber = rig.join();
        rig.time.advance(TIMEOUT);
        subscriber.takeEvents();

        rig.stage().release();
        rig.time.runReady();

        assertEquals(List.of("snapshot", "review-ready"), subscriber.takeNames());
    }

    @Test
    void subscriberThatLeavesBeforeItsStreamOpensLeavesNothingBehind() {
        rig.stage().hold();
        RecordingSubscriber subscriber = rig.join();

        rig.leave(subscriber);
        rig.stage().release();
        rig.time.advance(Duration.ofHours(1));

        assertFalse(subscriber.isOpen());
        assertEquals(2, rig.upstream.callCount());
        assertEquals(0, rig.time.waitingTasks());
    }

    @Test
    void subscriberThatCancelsBeforeItsTurnCausesNoPoll() {
        rig.stage();
        RecordingSubscriber subscriber = RecordingSubscriber.eager();
        rig.registry.stream(rig.stack().id()).subscribe(subscriber);
        subscriber.cancel();

        rig.time.advance(Duration.ofHours(1));

        assertEquals(0, rig.upstream.callCount());
        assertEquals(List.of(), subscriber.events());
    }
}
