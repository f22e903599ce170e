package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.testkit.ManualTime;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {
    private static final Duration WAIT = Duration.ofSeconds(5);

    private final ManualTime time = new ManualTime();
    private final ConcurrencyLimit limit = new ConcurrencyLimit(2, time.newLoop());
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();
    private final List<String> started = new ArrayList<>();
    private final List<CompletableFuture<String>> results = new ArrayList<>();

    @Test
    void waitersStartInTheOrderInWhichTheyCame() {
        CompletableFuture<String> a = new CompletableFuture<>();
        CompletableFuture<String> b = new CompletableFuture<>();
        start("a", a);
        start("b", b);
        start("c", new CompletableFuture<>());
        start("d", new CompletableFuture<>());
        assertEquals(List.of("a", "b"), started);

        b.complete("done");
        assertEquals(List.of("a", "b", "c"), started);
        a.completeExceptionally(new IllegalStateException());
        assertEquals(List.of("a", "b", "c", "d"), started);
    }

    @Test
    void resultsAndFailuresPassThrough() {
        assertEquals("fine", run("a", CompletableFuture.completedFuture("fine")).getNow(null));
        CompletableFuture<String> failed =
                run("b", CompletableFuture.failedFuture(new IllegalStateException("broken")));

        assertEquals(
                "broken",
                assertThrows(CompletionException.class, () -> failed.getNow(null))
                        .getCause()
                        .getMessage());
    }

    @Test
    void aTaskThatThrowsFailsAndGivesItsPlaceBack() {
        for (int i = 0; i < 3; i++) {
            CompletableFuture<String> thrown = limit.run(WAIT, () -> {
                throw new IllegalStateException("thrown");
            });
            assertTrue(thrown.isCompletedExceptionally());
        }
        start("a", new CompletableFuture<>());

        assertEquals(List.of("a"), started);
    }

    @Test
    void anErrorFailsItsOwnTaskAndTheNextInTheQueueStarts() {
        CompletableFuture<String> a = new CompletableFuture<>();
        start("a", a);
        start("b", new CompletableFuture<>());
        Error fault = new LinkageError("thrown");
        CompletableFuture<String> thrown = limit.run(WAIT, () -> {
            throw fault;
        });
        start("c", new CompletableFuture<>());

        a.complete("done");

        assertSame(
                fault,
                assertThrows(CompletionException.class, () -> thrown.getNow(null))
                        .getCause());
        assertEquals(List.of("a", "b", "c"), started);
        start("d", new CompletableFuture<>());
        assertEquals(List.of("a", "b", "c"), started, "both places are taken");
    }

    @Test
    void aCancelledWaiterLeavesTheQueueAndTakesNoPlace() {
        CompletableFuture<String> a = new CompletableFuture<>();
        start("a", a);
        start("b", new CompletableFuture<>());
        CompletableFuture<String> waiting = run("c", new CompletableFuture<>());
        start("d", new CompletableFuture<>());

        assertTrue(waiting.cancel(true));
        assertEquals(1, limit.waiting());
        assertEquals(1, time.waitingTasks(), "only d's waiting is timed");
        a.complete("done");
        assertEquals(List.of("a", "b", "d"), started);
        start("e", new CompletableFuture<>());
        assertEquals(List.of("a", "b", "d"), started, "no place was given away");
    }

    @Test
    void aWaiterThatIsCancelledWhenItsTurnComesGivesThePlaceBack() {
        CompletableFuture<String> a = new CompletableFuture<>();
        start("a", a);
        start("b", new CompletableFuture<>());
        CompletableFuture<String> waiting = run("c", new CompletableFuture<>());
        // Runs within the cancel, before the waiter has left the queue.
        Futures.whenDone(waiting, (value, failure) -> a.complete("done"));

        waiting.cancel(true);

        assertEquals(List.of("a", "b"), started);
        start("d", new CompletableFuture<>());
        assertEquals(List.of("a", "b", "d"), started);
    }

    @Test
    void cancellingARunningTaskCancelsItAndStartsTheNext() {
        CompletableFuture<String> a = new CompletableFuture<>();
        CompletableFuture<String> running = run("a", a);
        start("b", new CompletableFuture<>());
        start("c", new CompletableFuture<>());

        running.cancel(true);

        assertTrue(a.isCancelled());
        assertEquals(List.of("a", "b", "c"), started);
    }

    @Test
    void whoWaitsTooLongFailsAndTakesNoPlace() {
        CompletableFuture<String> a = new CompletableFuture<>();
        start("a", a);
        start("b", new CompletableFuture<>());
        CompletableFuture<String> waiting = run("c", new CompletableFuture<>());

        time.advance(WAIT.minusNanos(1));
        assertFalse(waiting.isDone());
        time.advance(Duration.ofNanos(1));
        assertTrue(waiting.isDone());
        assertEquals(0, limit.waiting());
        assertInstanceOf(
                BulkheadFullException.class,
                assertThrows(CompletionException.class, () -> waiting.getNow(null))
                        .getCause());
        a.complete("done");
        assertEquals(List.of("a", "b"), started);
    }

    @Test
    void aTaskThatHasStartedMayTakeLongerThanTheWait() {
        CompletableFuture<String> a = new CompletableFuture<>();
        start("a", a);
        start("b", new CompletableFuture<>());
        CompletableFuture<String> waited = run("c", new CompletableFuture<>());
        a.complete("done");

        time.advance(WAIT.multipliedBy(2));

        assertFalse(waited.isDone());
    }

    @Test
    void manyWaitersThatEndAtOnceDoNotOverflowTheStack() {
        CompletableFuture<String> a = new CompletableFuture<>();
        start("a", a);
        start("b", new CompletableFuture<>());
        List<CompletableFuture<String>> waiters = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            waiters.add(limit.run(WAIT, () -> CompletableFuture.completedFuture("done")));
        }

        a.complete("done");

        assertTrue(waiters.stream().allMatch(CompletableFuture::isDone));
    }

    @Test
    void manyThreadsNeverExceedTheLimit() throws Exception {
        storm(Integer.MAX_VALUE);

        assertTrue(mostRunning.get() <= 2, mostRunning::toString);
        assertTwoPlacesAreFree();
    }

    @Test
    void manyThreadsThatCancelForgetNobodyAndLoseNoPlace() throws Exception {
        storm(3);

        assertTwoPlacesAreFree();
    }

    /** Runs many tasks from several threads, some of which another thread cancels, and waits until all have ended. */
    private void storm(int cancelEvery) throws InterruptedException {
        int tasks = 20_000;
        AtomicReference<CompletableFuture<Void>> latest = new AtomicReference<>(new CompletableFuture<>());
        CountDownLatch ended = new CountDownLatch(tasks);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int i = 1; i <= tasks; i++) {
                boolean cancelled = i % cancelEvery == 0;
                threads.execute(() -> {
                    CompletableFuture<Void> task = limit.run(WAIT, () -> runOn(threads));
                    Futures.whenDone(task, (value, failure) -> ended.countDown());
                    CompletableFuture<Void> earlier = latest.getAndSet(task);
                    if (cancelled) {
                        earlier.cancel(true);
                    }
                });
            }
            assertTrue(ended.await(60, TimeUnit.SECONDS), () -> ended.getCount() + " never ended");
            threads.shutdown();
            assertTrue(threads.awaitTermination(60, TimeUnit.SECONDS));
        } finally {
            threads.shutdownNow();
        }
    }

    private CompletableFuture<Void> runOn(ExecutorService threads) {
        mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
        return CompletableFuture.runAsync(running::decrementAndGet, threads);
    }

    private void assertTwoPlacesAreFree() {
        start("x", new CompletableFuture<>());
        start("y", new CompletableFuture<>());
        start("z", new CompletableFuture<>());
        assertEquals(List.of("x", "y"), started);
    }

    private void start(String name, CompletableFuture<String> task) {
        results.add(run(name, task));
    }

    private CompletableFuture<String> run(String name, CompletableFuture<String> task) {
        return limit.run(WAIT, () -> {
            started.add(name);
            return task;
        });
    }
}
