package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PollerRegistryBuilderTest {
    private static final StackId STACK = new StackId("checkout");

    /** A backend without stacks. Reports the thread that it was called on. */
    private static final class Empty implements Reconciler {
        private final CompletableFuture<Thread> caller = new CompletableFuture<>();

        @Override
        public CompletionStage<StackDocument> readStack(StackId stack, CallContext call) {
            caller.complete(Thread.currentThread());
            return CompletableFuture.failedFuture(
                    new ReconcileException(ErrorCode.STACK_NOT_FOUND, "Stack not found."));
        }

        @Override
        public CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage, CallContext call) {
            throw new AssertionError("There are no stages.");
        }
    }

    @Test
    void defaultLoopsAreDaemonsThatEndWithTheRegistry() throws Exception {
        Empty backend = new Empty();
        PollerRegistry registry = PollerRegistry.builder(backend).build();
        registry.read(STACK, null, Runnable::run, () -> {});
        Thread loop = backend.caller.get(10, TimeUnit.SECONDS);

        assertTrue(loop.isDaemon());
        registry.close();
        loop.join(10_000);
        assertFalse(loop.isAlive());
        CompletionException failure = assertThrows(
                CompletionException.class,
                () -> registry.pollers().toCompletableFuture().join());
        assertInstanceOf(RegistryClosedException.class, failure.getCause());
    }

    @Test
    void loopsOfTheCallerOutliveTheRegistry() throws Exception {
        ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
        try {
            PollerRegistry registry =
                    PollerRegistry.builder(new Empty()).loops(List.of(loop)).build();
            registry.close();

            assertEquals("alive", loop.submit(() -> "alive").get(10, TimeUnit.SECONDS));
        } finally {
            loop.shutdown();
        }
    }

    @Test
    void anEmptyListOfLoopsIsRefused() {
        PollerRegistryBuilder builder = PollerRegistry.builder(new Empty());
        IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, () -> builder.loops(List.of()));
        assertEquals("At least one event loop is needed.", failure.getMessage());
    }
}
