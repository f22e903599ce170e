package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.StreamSettings;
import dev.stacked.runtime.testkit.RecordingSubscriber;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Heartbeats, the sign of life that is visible to code in a page. */
final class HeartbeatTest {
    private static final Duration BEAT = StreamSettings.defaults().heartbeatInterval();

    private final Rig rig = new Rig(StreamSettings.defaults());

    @Test
    void comesEveryIntervalToEveryStream() {
        rig.stage();
        RecordingSubscriber first = rig.join();
        RecordingSubscriber second = rig.join();
        first.takeEvents();
        second.takeEvents();

        rig.time.advance(BEAT.minusMillis(1));
        assertEquals(List.of(), first.takeNames());
        rig.time.advance(Duration.ofMillis(1));
        assertEquals(List.of("heartbeat"), first.takeNames());
        assertEquals(List.of("heartbeat"), second.takeNames());
        rig.time.advance(BEAT.multipliedBy(4));
        assertEquals(4, first.takeEvents().size());
    }

    @Test
    void hasNoIdAndShowsTheLastSuccessfulPollAndTheNext() {
        rig.stage();
        RecordingSubscriber subscriber = rig.join();
        rig.stack().failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);

        rig.time.advance(BEAT);

        EncodedEvent heartbeat = last(subscriber);
        assertTrue(heartbeat.id().isEmpty());
        assertEquals(
                Rig.json("{'stackId':'checkout','now':'2026-01-01T00:00:15.000Z','upstream':'down',"
                        + "'observedAt':'2026-01-01T00:00:00.000Z','nextPollAt':'2026-01-01T00:00:15.566Z'}"),
                Rig.json(heartbeat));
    }

    @Test
    void tellsTheHealthOfTheUpstream() {
        rig.stage();
        rig.stack().stage("s2");
        RecordingSubscriber subscriber = rig.join();

        rig.time.advance(BEAT);
        assertEquals("ok", health(subscriber));
        rig.stage().failsWith(ErrorCode.RECONCILE_FAILED);
        rig.time.advance(BEAT);
        assertEquals("degraded", health(subscriber));
        rig.stack().failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);
        rig.time.advance(BEAT);
        assertEquals("down", health(subscriber));
        rig.stack().recovers();
        rig.time.advance(BEAT);
        assertEquals("degraded", health(subscriber));
        rig.stage().recovers();
        rig.time.advance(BEAT);
        assertEquals("ok", health(subscriber));
    }

    @Test
    void observedAtIsAbsentUntilAPollSucceeded() {
        rig.stage();
        rig.stack().failsWith(ErrorCode.UPSTREAM_UNAVAILABLE);
        RecordingSubscriber subscriber = rig.join();

        rig.time.advance(BEAT);

        JsonNode heartbeat = Rig.json(last(subscriber));
        assertFalse(heartbeat.has("observedAt"));
        assertEquals("down", heartbeat.get("upstream").stringValue());
    }

    @Test
    void stalledReaderGetsTheNewestHeartbeatOnly() {
        rig.stage();
        RecordingSubscriber stalled = rig.joinStalled();
        rig.time.advance(BEAT.multipliedBy(5));

        stalled.request(100);
        rig.time.runReady();

        assertEquals(
                List.of("snapshot", "heartbeat"),
                List.copyOf(stalled.events().stream().map(EncodedEvent::name).toList()));
        assertEquals(
                "2026-01-01T00:01:15.000Z", Rig.json(last(stalled)).get("now").stringValue());
    }

    @Test
    void stopsWithTheLastSubscriber() {
        rig.stage();
        RecordingSubscriber subscriber = rig.join();
        subscriber.takeEvents();

        rig.leave(subscriber);
        rig.time.advance(BEAT.multipliedBy(3));

        assertEquals(List.of(), subscriber.takeEvents());
    }

    private static EncodedEvent last(RecordingSubscriber subscriber) {
        List<EncodedEvent> events = subscriber.events();
        return events.get(events.size() - 1);
    }

    private static String health(RecordingSubscriber subscriber) {
        return Rig.json(last(subscriber)).get("upstream").stringValue();
    }
}
