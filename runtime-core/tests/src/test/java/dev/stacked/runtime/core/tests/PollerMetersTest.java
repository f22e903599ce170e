package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.testkit.RecordingSubscriber;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Meters of polls and of emitted events. */
final class PollerMetersTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Rig rig = new Rig(meters);

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }

    private double emitted(String event) {
        return meters.get("runtime.events").tag("event", event).counter().count();
    }

    private DistributionSummary size(String event) {
        return meters.get("runtime.event.size").tag("event", event).summary();
    }

    private Timer polls(String upstream) {
        return meters.get("runtime.poll.duration").tag("upstream", upstream).timer();
    }

    private Counter resumes(String outcome) {
        return meters.get("runtime.resumes").tag("outcome", outcome).counter();
    }

    @Test
    void latenciesBeginWithAChangeAndNotWithWhatANewcomerCatchesUpOn() {
        rig.stage().todos(0, 9);
        RecordingSubscriber subscriber = rig.join();
        EncodedEvent snapshot = subscriber.takeEvents().get(0);

        rig.stage().todos(1, 9);
        rig.nextPoll();
        EncodedEvent change = subscriber.takeEvents().get(0);

        assertTrue(snapshot.createdAtNanos().isEmpty());
        assertTrue(change.createdAtNanos().isPresent());
    }

    @Test
    void pollersAndSubscribersAreCountedFromTheFirstToTheLast() {
        rig.stage();
        RecordingSubscriber one = rig.join();
        RecordingSubscriber other = rig.join();
        RecordingSubscriber elsewhere = RecordingSubscriber.eager();
        rig.upstream.stack("billing").stage("s1");
        rig.registry.stream(new StackId("billing")).subscribe(elsewhere);
        rig.time.runReady();

        assertEquals(2, gauge("runtime.stacks"));
        assertEquals(2, gauge("runtime.pollers"));
        assertEquals(3, gauge("runtime.subscribers"));
        assertEquals(0, gauge("runtime.pollers.without.subscribers"));

        rig.leave(one);
        rig.leave(other);
        rig.leave(elsewhere);

        assertEquals(2, gauge("runtime.stacks"), "Their state is retained.");
        assertEquals(0, gauge("runtime.pollers"));
        assertEquals(0, gauge("runtime.subscribers"));
        assertEquals(0, gauge("runtime.pollers.without.subscribers"));

        rig.time.advance(Rig.SETTINGS.retain());

        assertEquals(0, gauge("runtime.stacks"));
    }

    @Test
    void nothingIsLeftOfStacksThatAreGoneOrClosed() {
        rig.stack().failsWith(ErrorCode.STACK_NOT_FOUND);
        rig.join();
        assertEquals(0, gauge("runtime.stacks"));
        assertEquals(0, gauge("runtime.subscribers"));

        rig.stack().recovers();
        rig.stage();
        rig.time.advance(Duration.ofMinutes(1)); // until the missing stack is forgotten
        rig.join();
        assertEquals(1, gauge("runtime.subscribers"));
        rig.registry.close();
        rig.time.runReady();

        assertEquals(0, gauge("runtime.stacks"));
        assertEquals(0, gauge("runtime.pollers"));
        assertEquals(0, gauge("runtime.subscribers"));
        assertEquals(0, gauge("runtime.pollers.without.subscribers"));
    }

    @Test
    void pollsAreTimedByHowTheyWent() {
        rig.stage();
        rig.stack().hold();
        rig.join();
        rig.time.advance(Duration.ofMillis(300));
        rig.stack().release();
        rig.time.runReady();

        assertEquals(1, polls("ok").count());
        assertEquals(300, polls("ok").totalTime(TimeUnit.MILLISECONDS));

        rig.stage().failsWith(ErrorCode.RECONCILE_FAILED);
        rig.nextPoll();
        rig.stack().failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);
        rig.nextPoll();

        assertTrue(polls("degraded").count() > 0);
        assertTrue(polls("down").count() > 0);
    }

    @Test
    void lagIsHowMuchLaterThanPlannedAPollBegan() {
        rig.stage();
        rig.join();
        rig.nextPoll();
        rig.nextPoll();
        Timer lag = meters.get("runtime.poll.lag").timer();
        assertEquals(0, lag.totalTime(TimeUnit.MILLISECONDS));

        rig.stack().hold();
        rig.nextPoll();
        rig.time.advance(Rig.POLL.plusMillis(700));
        rig.stack().release();
        rig.time.runReady();

        assertTrue(lag.totalTime(TimeUnit.MILLISECONDS) >= 700, lag.totalTime(TimeUnit.MILLISECONDS) + " ms");
    }

    @Test
    void eventsAreCountedOnceHoweverManyReadThem() {
        rig.stage().is("in-progress").todos(0, 9);
        rig.join();
        rig.join();
        rig.stage().is("review");
        rig.nextPoll();
        rig.stage().failsWith(ErrorCode.RECONCILE_FAILED);
        rig.nextPoll();

        assertEquals(1, emitted("snapshot"));
        assertEquals(1, emitted("stage-runtime"));
        assertEquals(1, emitted("review-ready"));
        assertEquals(1, emitted("error"));
        assertEquals(0, emitted("heartbeat"));
        assertEquals(1, size("stage-runtime").count());
        assertTrue(size("stage-runtime").totalAmount() > 50);
    }

    @Test
    void heartbeatsAreCounted() {
        Rig beating = new Rig(Rig.SETTINGS.withHeartbeatInterval(Duration.ofSeconds(1)), meters);
        beating.stage();
        beating.join();
        beating.time.advance(Duration.ofSeconds(3));

        assertEquals(3, emitted("heartbeat"));
    }

    @Test
    void whatASlowReaderSkipsIsCounted() {
        rig.stage().todos(0, 9);
        RecordingSubscriber slow = rig.joinStalled();
        slow.request(1);
        rig.time.runReady();
        for (int i = 1; i <= 4; i++) {
            rig.stage().todos(i, 9);
            rig.nextPoll();
        }
        assertEquals(0, meters.get("runtime.outbox.conflations").counter().count());

        slow.request(1);
        rig.time.runReady();

        assertEquals(3, meters.get("runtime.outbox.conflations").counter().count());
    }

    @Test
    void resumesHitWhileTheHistoryReaches() {
        rig.stage();
        RecordingSubscriber before = rig.join();
        rig.resume(before.lastEventId().orElseThrow());
        rig.resume("elsewhere-7");
        rig.resume("not an id");

        assertEquals(1, resumes("hit").count());
        assertEquals(1, resumes("miss").count());
    }

    @Test
    void noTagSaysWhichStackOrStage() {
        rig.stage();
        rig.join();
        rig.nextPoll();

        Set<String> values = meters.getMeters().stream()
                .map(Meter::getId)
                .flatMap(id -> id.getTags().stream())
                .map(Tag::getValue)
                .collect(Collectors.toSet());

        assertFalse(values.contains("checkout"));
        assertFalse(values.contains("s1"));
    }
}
