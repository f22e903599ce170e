package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PollScheduleTest {
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final ScheduledExecutorService executor = mock(ScheduledExecutorService.class);
    private final ScheduledFuture<?> timer = mock(ScheduledFuture.class);
    private final List<Duration> delays = new ArrayList<>();
    private long now = Long.MAX_VALUE - 1000; // soon overflows
    private final EventLoop loop = new EventLoop(executor, Clock.fixed(TestLog.AT, ZoneOffset.UTC), () -> now);
    private final UpstreamPauses pauses = new UpstreamPauses(loop);
    private int polls;
    private Runnable next;

    @BeforeEach
    void captureTimers() {
        when(executor.schedule(any(Runnable.class), anyLong(), eq(TimeUnit.NANOSECONDS)))
                .thenAnswer(call -> {
                    next = call.getArgument(0);
                    delays.add(Duration.ofNanos(call.<Long>getArgument(1)));
                    return timer;
                });
    }

    @Test
    void pollsAtOnceAndThenStartToStart() {
        PollSchedule schedule = schedule("checkout");
        schedule.start(false);
        assertEquals(1, polls);
        schedule.pollEnded(INTERVAL, now);

        for (int i = 0; i < 3; i++) {
            pass(delays.get(delays.size() - 1));
            next.run();
            pass(Duration.ofMillis(300));
            schedule.pollEnded(INTERVAL, now);
        }

        assertEquals(4, polls);
        assertEquals(
                List.of(INTERVAL.minusMillis(300), INTERVAL.minusMillis(300), INTERVAL.minusMillis(300)),
                delays.subList(1, 4));
    }

    @Test
    void pollThatTookTooLongIsFollowedAtOnce() {
        PollSchedule schedule = schedule("checkout");
        schedule.start(false);
        pass(INTERVAL.multipliedBy(5));

        schedule.pollEnded(INTERVAL, now);

        assertEquals(List.of(Duration.ZERO), delays);
    }

    @Test
    void pauseThatTheUpstreamAskedForIsKept() {
        PollSchedule schedule = schedule("checkout");
        schedule.start(false);

        pauses.pause(new StackId("checkout"), Duration.ofMinutes(1));
        schedule.pollEnded(INTERVAL, now);

        assertEquals(List.of(Duration.ofMinutes(1)), delays);
    }

    @Test
    void pauseOutlivesStopAndStart() {
        PollSchedule schedule = schedule("checkout");
        schedule.start(false);
        pauses.pause(new StackId("checkout"), Duration.ofMinutes(1));
        schedule.pollEnded(INTERVAL, now);
        schedule.stop();
        pass(Duration.ofSeconds(20));

        schedule.start(false);

        assertEquals(1, polls);
        assertEquals(List.of(Duration.ofMinutes(1), Duration.ofSeconds(40)), delays);
        next.run();
        assertEquals(2, polls);
    }

    @Test
    void startAfterThePauseIsOverPollsAtOnce() {
        PollSchedule schedule = schedule("checkout");
        schedule.start(false);
        pauses.pause(new StackId("checkout"), Duration.ofMinutes(1));
        schedule.pollEnded(INTERVAL, now);
        schedule.stop();
        pass(Duration.ofMinutes(2));

        schedule.start(false);

        assertEquals(2, polls);
    }

    @Test
    void stopCancelsWhatIsPlanned() {
        PollSchedule schedule = schedule("checkout");
        schedule.stop();
        schedule.start(false);
        schedule.pollEnded(INTERVAL, now);

        schedule.stop();

        verify(timer).cancel(false);
    }

    @Test
    void secondPollsOfManyStacksAreSpreadEvenlyOverHalfTheInterval() {
        IntStream.range(0, 1000).forEach(i -> {
            PollSchedule schedule = schedule("stack-" + i);
            schedule.start(false);
            schedule.pollEnded(INTERVAL, now);
        });

        int[] perTenth = new int[10];
        for (Duration delay : delays) {
            assertTrue(delay.compareTo(INTERVAL.dividedBy(2)) > 0 && delay.compareTo(INTERVAL) <= 0, "" + delay);
            perTenth[(int) Math.min(9, delay.minus(INTERVAL.dividedBy(2)).toMillis() / 100)]++;
        }
        for (int count : perTenth) {
            assertTrue(
                    count > 50 && count < 200,
                    () -> IntStream.of(perTenth).boxed().toList().toString());
        }
    }

    @Test
    void nudgesWhileAPollIsUnderWayMakeOneThatFollowsIt() {
        PollSchedule schedule = schedule("checkout");
        schedule.start(false);
        schedule.nudge();
        schedule.nudge();
        pass(Duration.ofMillis(300));
        schedule.pollEnded(INTERVAL, now);

        assertEquals(List.of(Duration.ZERO), delays);
        next.run();
        schedule.pollEnded(INTERVAL, now);
        assertEquals(INTERVAL, delays.get(1));
    }

    @Test
    void nudgedPollsKeepADistance() {
        PollSchedule schedule = schedule("checkout");
        schedule.start(false);
        schedule.pollEnded(INTERVAL, now);
        schedule.nudge();
        next.run();
        pass(Duration.ofMillis(30));
        schedule.pollEnded(INTERVAL, now);

        schedule.nudge();

        assertEquals(List.of(Duration.ZERO, INTERVAL.minusMillis(30), Duration.ofMillis(70)), delays.subList(1, 4));
    }

    @Test
    void nudgeThatChangesNothingSetsNoTimerAgain() {
        PollSchedule schedule = schedule("checkout");
        schedule.start(false);
        pauses.pause(new StackId("checkout"), Duration.ofMinutes(1));
        schedule.pollEnded(INTERVAL, now);

        schedule.nudge();
        schedule.nudge();
        schedule.hasten();

        assertEquals(List.of(Duration.ofMinutes(1)), delays);
    }

    @Test
    void hasteningGoesNoFurtherThanTheShortestGap() {
        PollSchedule schedule = schedule("checkout");
        schedule.start(false);
        schedule.pollEnded(INTERVAL, now);
        next.run();
        pass(Duration.ofMillis(300));
        schedule.pollEnded(INTERVAL.multipliedBy(5), now);

        schedule.hasten();
        schedule.hasten();

        assertEquals(
                List.of(INTERVAL.multipliedBy(5).minusMillis(300), INTERVAL.minusMillis(300)), delays.subList(1, 3));
    }

    @Test
    void hastenedPollIsNotLate() {
        PollSchedule schedule = schedule("checkout");
        schedule.start(false);
        schedule.pollEnded(INTERVAL, now);
        next.run();
        schedule.pollEnded(INTERVAL.multipliedBy(5), now);
        pass(INTERVAL.multipliedBy(4));

        schedule.hasten();
        next.run();

        assertEquals(Duration.ZERO, delays.get(2));
        assertEquals(Duration.ZERO, schedule.lastPoll().lag());
    }

    @Test
    void startRightAfterAPollKeepsTheIntervalUnlessTheStackMayHaveChanged() {
        PollSchedule schedule = schedule("checkout");
        schedule.start(false);
        schedule.pollEnded(INTERVAL, now);
        schedule.stop();
        pass(Duration.ofMillis(500));
        assertTrue(schedule.isFresh());

        schedule.start(false);
        assertEquals(1, polls);
        assertEquals(INTERVAL.minusMillis(500), delays.get(delays.size() - 1));
        schedule.stop();

        schedule.expire();
        schedule.start(false);
        assertEquals(2, polls);
    }

    @Test
    void pollIsFreshForOneIntervalAfterItsStart() {
        PollSchedule schedule = schedule("checkout");
        schedule.start(false);
        pass(Duration.ofMillis(300));
        assertFalse(schedule.isFresh(), "It has not ended.");

        schedule.pollEnded(INTERVAL, now);
        pass(INTERVAL.minusMillis(301));
        assertTrue(schedule.isFresh());
        pass(Duration.ofMillis(1));

        assertFalse(schedule.isFresh());
    }

    @Test
    void pollThatWasStoppedIsNotFresh() {
        PollSchedule schedule = schedule("checkout");
        schedule.start(false);
        schedule.stop();

        schedule.start(false);

        assertEquals(2, polls);
    }

    @Test
    void pollIsAnnouncedByTheNudgeThatCausedItOrCameMeanwhile() {
        PollSchedule schedule = schedule("checkout");
        schedule.start(false);
        assertFalse(schedule.isAnnounced());
        schedule.nudge();
        assertTrue(schedule.isAnnounced());

        schedule.pollEnded(INTERVAL, now);
        next.run();
        assertTrue(schedule.isAnnounced());

        schedule.pollEnded(INTERVAL, now);
        next.run();
        assertFalse(schedule.isAnnounced());
    }

    @Test
    void pollThatWasNudgedMeanwhileIsNotFreshEvenAfterAStop() {
        PollSchedule schedule = schedule("checkout");
        schedule.start(false);
        schedule.nudge();
        schedule.pollEnded(INTERVAL, now);
        assertFalse(schedule.isFresh(), "The nudge may announce a later change.");
        next.run();
        schedule.stop();

        schedule.start(false);

        assertEquals(3, polls);
    }

    @Test
    void pollThatWouldFindNothingToDoWaits() {
        PollSchedule schedule = schedule("checkout");
        schedule.start(false);

        schedule.pollEnded(INTERVAL, now + INTERVAL.multipliedBy(5).toNanos());
        assertEquals(INTERVAL.multipliedBy(5), delays.get(0));
        schedule.hasten();
        assertEquals(1, delays.size());
        schedule.nudge();

        assertEquals(Duration.ZERO, delays.get(1));
    }

    @Test
    void nextPollIsKnown() {
        PollSchedule schedule = schedule("checkout");
        schedule.start(false);
        assertEquals(loop.now(), schedule.nextPollAt());

        schedule.pollEnded(INTERVAL, now);

        assertEquals(loop.now().plus(delays.get(0)), schedule.nextPollAt());
    }

    private PollSchedule schedule(String stack) {
        PollIntervals gaps =
                new PollIntervals(new StackId(stack), INTERVAL, INTERVAL.multipliedBy(5), INTERVAL.multipliedBy(15));
        return new PollSchedule(loop, gaps, () -> pauses.left(new StackId(stack)), () -> polls++);
    }

    private void pass(Duration duration) {
        now += duration.toNanos();
    }
}
