package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StackReader;
import dev.stacked.runtime.core.StreamEnd;
import dev.stacked.runtime.testkit.ManualTime;
import dev.stacked.runtime.testkit.RecordingSubscriber;
import dev.stacked.runtime.testkit.ScriptedReconciler;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Streams that cannot open because the supplier of epochs throws. */
final class StreamStartTest {
    private static final StackId STACK = new StackId("checkout");

    private final ManualTime time = new ManualTime();
    private final ScheduledExecutorService loop = time.newLoop();
    private final ScriptedReconciler upstream = new ScriptedReconciler();
    private boolean broken = true;
    private final PollerRegistry registry = PollerRegistry.builder(upstream)
            .settings(Rig.SETTINGS)
            .loops(List.of(loop))
            .clock(time.clock())
            .nanoTime(time::nanoTime)
            .epochs(this::nextEpoch)
            .build();

    private String nextEpoch() {
        if (broken) {
            throw new IllegalStateException("No epoch.");
        }
        return "e1";
    }

    @Test
    void subscriberGetsAnError() {
        RecordingSubscriber subscriber = subscribe();

        assertTrue(subscriber.error().isPresent());
        assertFalse(subscriber.isOpen());
        assertEquals(0, upstream.callCount());
        assertEquals(0, time.waitingTasks());
    }

    @Test
    void readerIsEnded() {
        AtomicInteger wakeUps = new AtomicInteger();
        StackReader reader = registry.read(STACK, null, time.newLoop(), wakeUps::incrementAndGet);
        time.runReady();

        assertEquals(1, wakeUps.get());
        assertEquals(StreamEnd.INTERNAL, reader.end());
        assertFalse(reader.isOpen());
        reader.close();
        time.runReady();
        assertEquals(0, time.waitingTasks());
    }

    @Test
    void nextSubscriberIsServed() {
        upstream.stack("checkout").stage("s1").is("review");
        subscribe();
        broken = false;

        assertEquals(List.of("snapshot"), subscribe().takeNames());
    }

    private RecordingSubscriber subscribe() {
        RecordingSubscriber subscriber = RecordingSubscriber.eager();
        registry.stream(STACK).subscribe(subscriber);
        time.runReady();
        return subscriber;
    }
}
