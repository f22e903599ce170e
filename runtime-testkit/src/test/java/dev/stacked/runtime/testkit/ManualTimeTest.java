package dev.stacked.runtime.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // exceptions of tasks are rethrown by the time
final class ManualTimeTest {
    private final ManualTime time = new ManualTime();
    private final ScheduledExecutorService loop = time.newLoop();
    private final List<String> ran = new ArrayList<>();

    private Runnable task(String name) {
        return () -> ran.add(
                name + "@" + Duration.between(ManualTime.START, time.now()).toSeconds());
    }

    @Test
    void nothingRunsUntilTimeIsMoved() {
        loop.execute(task("a"));
        loop.schedule(task("b"), 1, SECONDS);
        assertEquals(List.of(), ran);

        time.runReady();
        assertEquals(List.of("a@0"), ran);
        time.advance(Duration.ofSeconds(1));
        assertEquals(List.of("a@0", "b@1"), ran);
    }

    @Test
    void tasksRunInDueOrderAndTiesInSubmissionOrderAcrossLoops() {
        ScheduledExecutorService other = time.newLoop();
        loop.schedule(task("c"), 2, SECONDS);
        other.schedule(task("a"), 1, SECONDS);
        loop.schedule(task("b"), 1, SECONDS);
        other.schedule(task("d"), 2, SECONDS);

        time.advance(Duration.ofSeconds(5));

        assertEquals(List.of("a@1", "b@1", "c@2", "d@2"), ran);
        assertEquals(5, Duration.between(ManualTime.START, time.now()).toSeconds());
    }

    @Test
    void taskSeesItsOwnTimeAndMaySubmitMore() {
        loop.schedule(() -> loop.schedule(task("later"), 1, SECONDS), 1, SECONDS);
        loop.schedule(() -> loop.execute(task("same")), 1, SECONDS);

        time.advance(Duration.ofSeconds(2));

        assertEquals(List.of("same@1", "later@2"), ran);
    }

    @Test
    void cancelledTaskDoesNotRunAndIsNotKept() {
        ScheduledFuture<?> future = loop.schedule(task("a"), 1, SECONDS);

        assertTrue(future.cancel(false));
        assertEquals(0, time.waitingTasks());
        time.advance(Duration.ofSeconds(2));

        assertEquals(List.of(), ran);
    }

    @Test
    void periodicTasksRepeatUntilCancelled() {
        ScheduledFuture<?> rate = loop.scheduleAtFixedRate(task("rate"), 1, 2, SECONDS);
        loop.scheduleWithFixedDelay(task("delay"), 2, 2, SECONDS);
        time.advance(Duration.ofSeconds(4));
        rate.cancel(false);
        time.advance(Duration.ofSeconds(2));

        assertEquals(List.of("rate@1", "delay@2", "rate@3", "delay@4", "delay@6"), ran);
    }

    @Test
    void clockAndNanoTimeMoveTogether() {
        long before = time.nanoTime();
        for (int i = 0; i < 10; i++) {
            time.advance(Duration.ofMillis(500));
        }

        assertEquals(5_000_000_000L, time.nanoTime() - before, "Correct despite the overflow.");
        assertTrue(time.nanoTime() < before);
        assertEquals(ManualTime.START.plusSeconds(5), time.clock().instant());
    }

    @Test
    void whatATaskThrowsComesOutAndTheOthersStillRun() {
        IllegalStateException thrown = new IllegalStateException("thrown by a test");
        loop.execute(() -> {
            throw thrown;
        });
        loop.execute(task("next"));

        assertSame(thrown, assertThrows(IllegalStateException.class, time::runReady));
        time.runReady();
        assertEquals(List.of("next@0"), ran);
    }

    @Test
    void tasksThatNeverComeToAnEndAreNoticed() {
        Runnable[] again = new Runnable[1];
        again[0] = () -> loop.execute(again[0]);
        loop.execute(again[0]);

        assertThrows(IllegalStateException.class, time::runReady);
    }

    @Test
    void taskMustNotMoveTheTime() {
        loop.execute(time::runReady);

        assertThrows(IllegalStateException.class, time::runReady);
    }

    @Test
    void timeDoesNotGoBack() {
        assertThrows(IllegalArgumentException.class, () -> time.advance(Duration.ofNanos(-1)));
    }

    @Test
    void loopThatIsShutDownTakesNothingAndRunsTheRest() {
        loop.schedule(task("a"), 1, SECONDS);
        loop.shutdown();

        assertThrows(RejectedExecutionException.class, () -> loop.execute(task("b")));
        assertFalse(loop.isTerminated());
        time.advance(Duration.ofSeconds(1));
        assertTrue(loop.isTerminated());
        assertEquals(List.of("a@1"), ran);
    }

    @Test
    void loopThatIsShutDownNowRunsNothingMore() {
        time.newLoop().execute(task("of another loop"));
        loop.execute(task("a"));

        assertEquals(1, loop.shutdownNow().size());
        time.runReady();

        assertEquals(List.of("of another loop@0"), ran);
    }

    @Test
    void timeOfDayCanBeSetApartFromElapsedTime() {
        ManualTime time = new ManualTime();
        List<String> ran = new ArrayList<>();
        long before = time.nanoTime();
        time.newLoop().schedule(() -> ran.add("timer"), 10, SECONDS);

        time.setClock(Duration.ofHours(-1));
        assertEquals(ManualTime.START.minus(Duration.ofHours(1)), time.clock().instant());
        time.advance(Duration.ofSeconds(10));

        assertEquals(List.of("timer"), ran);
        assertEquals(Duration.ofSeconds(10).toNanos(), time.nanoTime() - before);
        assertEquals(ManualTime.START.minus(Duration.ofHours(1)).plusSeconds(10), time.now());
    }
}
