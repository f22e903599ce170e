package dev.stacked.runtime.reconcile.http;

import static dev.stacked.runtime.reconcile.http.TestReconciler.RUNTIME;
import static dev.stacked.runtime.reconcile.http.TestReconciler.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.StageRuntime;
import dev.stacked.runtime.testkit.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many calls reach the upstream at the same time, and what becomes of the others. */
class ConcurrencyIT {
    private static final Duration BUDGET = Duration.ofSeconds(15);

    private final AtomicInteger present = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final Semaphore answers = new Semaphore(0);
    private final ManualTime time = new ManualTime();
    private final Semaphore counted = new Semaphore(0);
    private final RawUpstream upstream = RawUpstream.start(this::answerWhenAllowed);
    private final TestReconciler reconciler =
            TestReconciler.of(TestReconciler.settings(upstream.uri(), Duration.ofSeconds(5), 3, 2), time);

    private void answerWhenAllowed(RawUpstream.Request request) throws IOException {
        most.accumulateAndGet(present.incrementAndGet(), Math::max);
        counted.release();
        answers.acquireUninterruptibly();
        present.decrementAndGet();
        request.sendJson(200, RUNTIME);
    }

    @AfterEach
    void stop() throws Exception {
        answers.release(1000);
        reconciler.close();
        upstream.close();
    }

    @Test
    void theUpstreamNeverSeesMoreThanAllowedAndEveryCallIsAnswered() throws Exception {
        List<CompletableFuture<StageRuntime>> calls = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            calls.add(reconciler.reconcile("stack " + i, "stage"));
        }
        assertTrue(counted.tryAcquire(2, 30, TimeUnit.SECONDS));
        answers.release(50);
        for (CompletableFuture<StageRuntime> call : calls) {
            answer(call);
        }

        assertEquals(2, most.get());
        assertEquals(50, upstream.requestCount());
    }

    @Test
    void callsAreMadeInTheOrderInWhichTheyCame() throws Exception {
        List<CompletableFuture<StageRuntime>> calls = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            calls.add(reconciler.reconcile("stack", "stage" + i));
        }
        upstream.next();
        upstream.next();
        for (int i = 2; i < 6; i++) {
            answers.release();
            assertTrue(upstream.next().path().contains("/stage" + i + "/"));
        }
        answers.release(2);
        for (CompletableFuture<StageRuntime> call : calls) {
            answer(call);
        }
    }

    @Test
    void waitingForATurnTakesNoneOfTheCallsTime() throws Exception {
        CompletableFuture<StageRuntime> first = reconciler.reconcile("a", "stage");
        CompletableFuture<StageRuntime> second = reconciler.reconcile("b", "stage");
        upstream.next();
        upstream.next();
        CallContext context = reconciler.call();
        CompletableFuture<StageRuntime> waiting = reconciler
                .reconciler()
                .reconcileStage(TestReconciler.STACK, TestReconciler.STAGE, context)
                .toCompletableFuture();
        reconciler.awaitLoop();
        assertEquals(1, waiting());
        time.advance(Duration.ofSeconds(4));
        assertEquals(Duration.ofSeconds(56), context.timeLeft());

        answers.release(1);
        upstream.next();
        assertEquals(BUDGET, context.timeLeft());
        answers.release(10);
        answer(first);
        answer(second);
        answer(waiting);
    }

    private double waiting() {
        return reconciler.meters().get("runtime.upstream.calls.waiting").gauge().value();
    }

    @Test
    void aCancelledCallThatWaitsIsNeverMade() throws Exception {
        CompletableFuture<StageRuntime> first = reconciler.reconcile("a", "stage");
        CompletableFuture<StageRuntime> second = reconciler.reconcile("b", "stage");
        CompletableFuture<StageRuntime> waiting = reconciler.reconcile("c", "stage");
        upstream.next();
        upstream.next();

        waiting.cancel(true);
        answers.release(10);
        answer(first);
        answer(second);
        answer(reconciler.reconcile("d", "stage"));

        assertEquals(3, upstream.requestCount());
        assertEquals(
                "/api/stacks/d/stages/stage/implementation/reconcile",
                upstream.next().path());
    }

    @Test
    void cancellingClosesTheConnectionAndFreesThePlace() throws Exception {
        try (RawUpstream hanging = RawUpstream.start(RawUpstream.Request::hang);
                TestReconciler two =
                        TestReconciler.of(TestReconciler.settings(hanging.uri(), Duration.ofSeconds(5), 3, 2), time)) {
            for (int i = 0; i < 5; i++) {
                CompletableFuture<StageRuntime> call = two.reconcile();
                RawUpstream.Request request = hanging.next();
                call.cancel(true);
                request.awaitLeft();
            }
        }
    }
}
