package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.RegistryClosedException;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StackReader;
import dev.stacked.runtime.core.StreamEnd;
import dev.stacked.runtime.testkit.RecordingSubscriber;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

/** A registry whose event loop has been shut down: no call may hang. */
final class ShutDownLoopTest {
    private static final StackId STACK = new StackId("checkout");

    private final Rig rig = new Rig();
    private final ScheduledExecutorService readerThread = rig.time.newLoop();

    private StackReader read() {
        return rig.registry.read(STACK, null, readerThread, () -> {});
    }

    private static void assertClosed(RecordingSubscriber subscriber) {
        assertInstanceOf(RegistryClosedException.class, subscriber.error().orElseThrow());
        assertFalse(subscriber.isOpen());
    }

    private static void assertClosed(CompletableFuture<?> statuses) {
        assertTrue(statuses.isDone());
        CompletionException failure = assertThrows(CompletionException.class, statuses::join);
        assertInstanceOf(RegistryClosedException.class, failure.getCause());
        assertEquals("The event loop is shut down.", failure.getCause().getMessage());
    }

    @Test
    void subscriberGetsAnErrorAtOnce() {
        rig.loop.shutdown();
        RecordingSubscriber subscriber = RecordingSubscriber.eager();

        rig.registry.stream(STACK).subscribe(subscriber);

        assertClosed(subscriber);
    }

    @Test
    void readerAndRefreshAreRejected() {
        rig.loop.shutdown();

        assertThrows(RegistryClosedException.class, this::read);
        assertThrows(RegistryClosedException.class, () -> rig.registry.refresh(STACK));
    }

    @Test
    void statusesFailAtOnce() {
        rig.loop.shutdown();

        assertClosed(rig.registry.pollers().toCompletableFuture());
    }

    @Test
    void tasksThatTheLoopDropsFailWhenTheRegistryIsClosed() {
        RecordingSubscriber subscriber = RecordingSubscriber.eager();
        rig.registry.stream(STACK).subscribe(subscriber);
        StackReader reader = read();
        CompletableFuture<?> statuses = rig.registry.pollers().toCompletableFuture();
        rig.loop.shutdownNow();

        rig.registry.close();
        rig.time.runReady();

        assertClosed(subscriber);
        assertClosed(statuses);
        assertEquals(StreamEnd.DRAINING, reader.end());
    }

    @Test
    void tasksThatTheLoopDropsFailWithTheNextCall() {
        CompletableFuture<?> statuses = rig.registry.pollers().toCompletableFuture();
        rig.loop.shutdownNow();

        assertThrows(RegistryClosedException.class, this::read);

        assertClosed(statuses);
    }

    @Test
    void tasksThatTheLoopHasRunAreNotFailed() {
        rig.stage().is("review");
        RecordingSubscriber subscriber = rig.join();
        CompletableFuture<?> statuses = rig.registry.pollers().toCompletableFuture();
        rig.time.runReady();
        rig.loop.shutdownNow();

        rig.registry.close();

        assertTrue(subscriber.error().isEmpty());
        assertFalse(statuses.isCompletedExceptionally());
    }
}
