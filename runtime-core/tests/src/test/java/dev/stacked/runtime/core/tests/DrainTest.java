package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.testkit.RecordingSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Draining all streams. */
final class DrainTest {
    private static final Duration WINDOW = Duration.ofSeconds(5);

    private final Rig rig = new Rig();

    private void drain(Duration window) {
        rig.registry.drain(window, new Random(1));
        rig.time.runReady();
    }

    @Test
    void streamsEndSpreadOverTheWindow() {
        rig.stage();
        List<RecordingSubscriber> all = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            all.add(rig.join());
        }

        drain(WINDOW);
        List<Long> perTenth = new ArrayList<>();
        for (int tenth = 1; tenth <= 10; tenth++) {
            long before = completed(all);
            rig.time.advance(WINDOW.dividedBy(10));
            perTenth.add(completed(all) - before);
        }

        assertEquals(1000, completed(all));
        assertTrue(perTenth.stream().allMatch(count -> count > 60 && count < 140), perTenth::toString);
    }

    private static long completed(List<RecordingSubscriber> all) {
        return all.stream().filter(RecordingSubscriber::isCompleted).count();
    }

    @Test
    void untilItsEndAStreamGoesOnAndPollingStopsWithTheLast() {
        rig.stage().todos(0, 9);
        RecordingSubscriber subscriber = rig.join();
        drain(Duration.ofDays(1));
        subscriber.takeEvents();

        rig.stage().todos(1, 9);
        rig.nextPoll();
        assertEquals(List.of("stage-runtime"), subscriber.takeNames());
        assertFalse(subscriber.isCompleted());

        rig.time.advance(Duration.ofDays(1));
        assertTrue(subscriber.isCompleted());
        assertEquals(0, rig.time.waitingTasks(), "Nothing is polled or kept.");
    }

    @Test
    void newcomersCompleteAtOnceWithoutAPoll() {
        rig.stage();
        RecordingSubscriber early = rig.join();
        drain(Duration.ofDays(1));
        rig.upstream.forgetCalls();

        RecordingSubscriber late = rig.join();

        assertTrue(late.isCompleted());
        assertFalse(late.isOpen());
        assertFalse(early.isCompleted());
        assertEquals(0, rig.upstream.callCount());
    }

    @Test
    void windowOfZeroEndsAllAtOnce() {
        rig.stage();
        RecordingSubscriber subscriber = rig.join();

        drain(Duration.ZERO);

        assertTrue(subscriber.isCompleted());
        assertEquals(0, rig.time.waitingTasks());
    }

    @Test
    void streamThatWaitsForItsFirstPollStillOpensDuringTheWindow() {
        rig.stack().hold();
        RecordingSubscriber waiting = rig.join();

        drain(Duration.ofDays(1));
        rig.stage();
        rig.stack().release();
        rig.time.runReady();

        assertTrue(waiting.isOpen());
        assertEquals(List.of("snapshot"), waiting.takeNames());
    }

    @Test
    void closeEndsWhatIsLeftOfTheWindow() {
        rig.stage();
        RecordingSubscriber subscriber = rig.join();
        drain(Duration.ofDays(1));
        drain(Duration.ofDays(2));

        rig.registry.close();
        rig.time.runReady();

        assertTrue(subscriber.isCompleted());
        rig.time.advance(Duration.ofDays(1));
        assertEquals(0, rig.time.waitingTasks(), "The second window did not count.");
    }

    @Test
    void whoLeavesDuringTheWindowHearsNothingOfItsEnd() {
        rig.stage();
        RecordingSubscriber subscriber = rig.join();
        drain(WINDOW);

        rig.leave(subscriber);
        rig.time.advance(WINDOW);

        assertFalse(subscriber.isCompleted());
        assertEquals(0, rig.time.waitingTasks());
    }

    @Test
    void windowIsNotNegative() {
        Duration negative = Duration.ofMillis(-1);

        assertThrows(IllegalArgumentException.class, () -> rig.registry.drain(negative, new Random(1)));
    }
}
