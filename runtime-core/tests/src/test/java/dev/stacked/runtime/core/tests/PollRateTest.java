package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.PollRate;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.core.StackNotFoundException;
import dev.stacked.runtime.testkit.RecordingSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rate of polls adapts to the activity of the stack and to the capacity of the upstream. */
final class PollRateTest {
    private static final Duration IDLE = Rig.SETTINGS.idlePollInterval();
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final Rig rig = new Rig();

    private long polls() {
        return rig.upstream.calls().stream()
                .filter(call -> call.stage().isEmpty())
                .count();
    }

    private PollRate rate() {
        return rig.status().rate();
    }

    /** Time between two polls, to the second. */
    private List<Long> secondsBetween(int count) {
        List<Long> gaps = new ArrayList<>();
        long seconds = 0;
        long before = polls();
        while (gaps.size() < count) {
            rig.time.advance(Duration.ofSeconds(1));
            seconds++;
            if (polls() > before) {
                gaps.add(seconds);
                seconds = 0;
                before = polls();
            }
        }
        return gaps;
    }

    @Test
    void stackOfDoneAndUnstartedStagesIsPolledAtTheIdleInterval() {
        rig.stage().is("done");
        rig.stack().stage("s2").is("not-started");
        rig.join();
        rig.time.advance(IDLE);
        rig.upstream.forgetCalls();

        rig.time.advance(IDLE.multipliedBy(10));

        assertEquals(10, polls());
        assertEquals(PollRate.IDLE, rate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-progress", "review", "approved", "odd"})
    void oneStageThatMayMoveIsEnoughForTheUsualInterval(String status) {
        rig.stage().is("done");
        rig.stack().stage("s2").is(status);
        rig.join();
        rig.nextPoll();
        rig.upstream.forgetCalls();

        rig.time.advance(Rig.POLL.multipliedBy(10));

        assertEquals(10, polls());
        assertEquals(PollRate.ACTIVE, rate());
    }

    @Test
    void stackThatAnIdlePollFindsActiveIsPolledAtTheUsualIntervalAtOnce() {
        rig.stage().is("not-started");
        RecordingSubscriber subscriber = rig.join();
        rig.time.advance(IDLE);
        rig.stage().is("in-progress");
        rig.upstream.forgetCalls();
        rig.time.advance(IDLE);
        assertEquals("in-progress", statusSeenBy(subscriber));

        long sinceTheIdlePoll = polls();
        rig.time.advance(Rig.POLL.multipliedBy(5));

        assertEquals(5, polls() - sinceTheIdlePoll);
    }

    private static String statusSeenBy(RecordingSubscriber subscriber) {
        return Rig.view(subscriber).runtimes().get("s1").get("stageStatus").stringValue();
    }

    @Test
    void stackThatComesToRestIsPolledAtTheIdleInterval() {
        rig.stage().is("review");
        rig.join();
        rig.nextPoll();
        rig.stage().is("done");
        rig.nextPoll();
        rig.upstream.forgetCalls();

        assertEquals(List.of(10L, 10L, 10L), secondsBetween(3));
    }

    @Test
    void stagesThatFailDoNotSlowTheStackDown() {
        rig.stage().failsWith(ErrorCode.RECONCILE_FAILED);
        rig.join();
        rig.nextPoll();
        rig.upstream.forgetCalls();

        rig.time.advance(Rig.POLL.multipliedBy(20));

        assertEquals(20, polls());
    }

    @Test
    void outageIsLookedAtLessAndLessOftenUpToHalfAMinute() {
        rig.stage();
        rig.join();
        rig.nextPoll();
        rig.stack().failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);
        rig.nextPoll();
        rig.upstream.forgetCalls();

        List<Long> gaps = secondsBetween(8);

        assertEquals(List.of(2L, 2L), gaps.subList(0, 2), "A short outage costs nothing.");
        assertTrue(gaps.get(2) >= 3 && gaps.get(2) <= 4, gaps::toString);
        assertTrue(gaps.get(3) >= 6 && gaps.get(3) <= 8, gaps::toString);
        assertTrue(gaps.get(4) >= 12 && gaps.get(4) <= 16, gaps::toString);
        assertTrue(gaps.subList(5, 8).stream().allMatch(gap -> gap >= 22 && gap <= 30), gaps::toString);
        assertEquals(PollRate.BACKING_OFF, rate());
    }

    @Test
    void firstSuccessEndsTheBackOff() {
        rig.stage();
        rig.join();
        rig.stack().failsWith(ErrorCode.INVALID_UPSTREAM_RESPONSE);
        rig.time.advance(HOUR);
        rig.stack().recovers();
        rig.upstream.forgetCalls();
        secondsBetween(1);

        assertEquals(List.of(2L, 2L, 2L), secondsBetween(3));
    }

    @Test
    void idleStackThatFailsIsLookedAtAgainSoon() {
        rig.stage().is("done");
        rig.join();
        rig.time.advance(IDLE);
        rig.stack().failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);
        secondsBetween(1);

        assertEquals(List.of(2L, 2L), secondsBetween(2));
    }

    @Test
    void pauseThatTheUpstreamAsksForCountsWhereItIsLongerThanTheBackOffAndTheBackOffWhereThatIs() {
        rig.stage();
        rig.join();
        rig.stack().failsWith(pause(Duration.ofSeconds(50)));
        rig.nextPoll();
        rig.upstream.forgetCalls();
        assertEquals(List.of(50L), secondsBetween(1));

        rig.stack().failsWith(pause(Duration.ofSeconds(1)));
        rig.time.advance(HOUR);
        secondsBetween(1);
        assertTrue(Collections.min(secondsBetween(5)) >= 22);
    }

    private static ReconcileException pause(Duration retryAfter) {
        return new ReconcileException(ErrorCode.UPSTREAM_UNAVAILABLE, "Later.", retryAfter, null);
    }

    @Test
    void whoComesDuringABackOffWaitsNoLongerThanTheUsualInterval() {
        rig.stage();
        rig.join();
        rig.stack().failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);
        rig.time.advance(HOUR);
        secondsBetween(1);
        rig.stack().recovers();
        rig.stage().todos(1, 9);

        RecordingSubscriber newcomer = rig.join();
        newcomer.takeEvents();
        rig.nextPoll();

        assertEquals(List.of("stage-runtime"), newcomer.takeNames());
    }

    @Test
    void whoComesToAnIdleStackSeesAChangeWithinTheUsualInterval() {
        rig.stage().is("done");
        rig.join();
        rig.time.advance(IDLE);
        secondsBetween(1);
        rig.stage().is("in-progress");

        RecordingSubscriber newcomer = rig.join();
        newcomer.takeEvents();
        rig.nextPoll();

        assertEquals(List.of("stage-runtime"), newcomer.takeNames());
    }

    @Test
    void howeverManyComeDuringABackOffItIsPolledNoMoreOftenThanUsual() {
        rig.stage();
        rig.join();
        rig.stack().failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);
        rig.time.advance(HOUR);
        rig.upstream.forgetCalls();

        for (int i = 0; i < 200; i++) {
            rig.leave(rig.join());
            rig.time.advance(Rig.POLL.dividedBy(10));
        }

        assertTrue(polls() <= 21, "" + polls());
    }

    @Test
    void pauseOfTheUpstreamIsKeptHoweverManyCome() {
        rig.stage();
        rig.join();
        rig.stack().failsWith(pause(Duration.ofSeconds(50)));
        rig.nextPoll();
        rig.upstream.forgetCalls();

        for (int i = 0; i < 40; i++) {
            rig.join();
            rig.time.advance(Duration.ofSeconds(1));
        }

        assertEquals(0, polls());
    }

    @Test
    void secondLookForAStackThatVanishedComesAtTheUsualIntervalHoweverLongTheOutageBefore() {
        rig.stage().is("done");
        RecordingSubscriber subscriber = rig.join();
        rig.stack().failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);
        rig.time.advance(HOUR);
        rig.stack().failsWith(ErrorCode.STACK_NOT_FOUND);
        secondsBetween(1);
        assertTrue(subscriber.error().isEmpty());

        rig.nextPoll();

        assertInstanceOf(StackNotFoundException.class, subscriber.error().orElseThrow());
    }

    @Test
    void heartbeatsComeAsEverWhileAStackIsIdleOrFails() {
        Duration beat = Duration.ofSeconds(1);
        Rig beating = new Rig(Rig.SETTINGS.withHeartbeatInterval(beat));
        beating.stage().is("done");
        RecordingSubscriber subscriber = beating.join();
        subscriber.takeEvents();

        beating.time.advance(beat.multipliedBy(30));
        assertEquals(Collections.nCopies(30, "heartbeat"), subscriber.takeNames());

        beating.stack().failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);
        beating.time.advance(HOUR);
        subscriber.takeEvents();
        beating.time.advance(beat.multipliedBy(30));
        assertEquals(Collections.nCopies(30, "heartbeat"), subscriber.takeNames());
    }

    @Test
    void backOffGoesOnWhereItWasForAStackThatIsKept() {
        rig.stage();
        rig.leave(rig.join());
        rig.stack().failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);
        RecordingSubscriber back = rig.join();
        rig.time.advance(HOUR);
        rig.leave(back);
        rig.upstream.forgetCalls();

        rig.join();
        assertEquals(1, polls(), "Whoever comes first polls at once.");
        rig.time.advance(Duration.ofSeconds(11).minus(MOMENT));

        assertEquals(1, polls());
    }
}
