package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StageRuntime;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a poll that finds nothing new costs in memory: one document and one reconcile, on an event loop. */
class AllocationIT {
    private static final int WARM_UP = 3_000;
    private static final int POLLS = 1_000;
    /** Twice as much as measured. */
    private static final long MAX_BYTES_PER_POLL = 12_000;

    private final Recorded document = Recorded.load("stack-ok");
    private final Recorded runtime = Recorded.load("reconcile-stack-stage-3");
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void unchangedPollAllocatesLittleAndAnswersWithTheSameInstances() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(
                        request -> request.send((request.head().startsWith("GET") ? document : runtime).toHttp()));
                HttpLoops loops = new HttpLoops(1, Thread::new);
                HttpReconciler reconciler =
                        HttpReconciler.builder(upstream.uri()).loops(loops).build()) {
            ScheduledExecutorService loop = loops.executors().get(0);
            polls(reconciler, loop, WARM_UP);

            long bytes = polls(reconciler, loop, POLLS) / POLLS;

            System.out.println("An unchanged poll of " + document.body().length + " and " + runtime.body().length
                    + " bytes allocates " + bytes + " bytes.");
            assertTrue(bytes < MAX_BYTES_PER_POLL, bytes + " bytes per poll");
        }
    }

    /** Makes polls one after the other, and returns what the loop's thread allocated meanwhile. */
    private long polls(HttpReconciler reconciler, ScheduledExecutorService loop, int count) throws Exception {
        CompletableFuture<Long> allocated = new CompletableFuture<>();
        loop.execute(() -> {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            new Polls(
                            reconciler,
                            loop,
                            count,
                            () -> allocated.complete(threads.getThreadAllocatedBytes(
                                            Thread.currentThread().getId())
                                    - before))
                    .next();
        });
        return allocated.get(60, TimeUnit.SECONDS);
    }

    private static final class Polls {
        private final HttpReconciler reconciler;
        private final ScheduledExecutorService loop;
        private final CallContext context = CallContext.begin("poll", Duration.ofMinutes(2), System::nanoTime);
        private final Runnable end;
        private int left;
        private StackDocument lastDocument;
        private StageRuntime lastRuntime;

        Polls(HttpReconciler reconciler, ScheduledExecutorService loop, int count, Runnable end) {
            this.reconciler = reconciler;
            this.loop = loop;
            this.left = count;
            this.end = end;
        }

        void next() {
            if (left-- == 0) {
                end.run();
                return;
            }
            reconciler.readStack(TestReconciler.STACK, context).whenComplete((document, failure) -> {
                if (lastDocument != null) {
                    assertSame(lastDocument, document);
                }
                lastDocument = document;
                reconciler
                        .reconcileStage(TestReconciler.STACK, TestReconciler.STAGE, context)
                        .whenComplete((runtime, fault) -> {
                            if (lastRuntime != null) {
                                assertSame(lastRuntime, runtime);
                            }
                            lastRuntime = runtime;
                            loop.execute(this::next);
                        });
            });
        }
    }
}
