package dev.stacked.runtime.reconcile.http;

import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.core.StageRuntime;
import dev.stacked.runtime.testkit.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** An {@link HttpReconciler} with all that it needs, to be asked and waited for. */
final class TestReconciler implements AutoCloseable {
    static final StackId STACK = new StackId("rig-stack");
    static final StageId STAGE = new StageId("stage-4");
    static final String RUNTIME = """
            {"data":{"stageStatus":"review","runtimeState":"idle","todoCompleted":2,"todoTotal":3}}""";
    static final String DOCUMENT = """
            {"data":{"stack":{"stages":[{"id":"stage-4","title":"Stage 4","status":"review"}]}}}""";

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final ScheduledExecutorService scheduler;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Reconciler reconciler;

    private TestReconciler(
            HttpReconcilerSettings settings, ScheduledExecutorService scheduler, Clock clock, LongSupplier nanoTime) {
        this.scheduler = scheduler;
        HttpClient client = HttpReconciler.clientBuilder().executor(executor).build();
        this.reconciler = HttpReconciler.builder(settings)
                .client(client)
                .scheduler(scheduler)
                .clock(clock)
                .nanoTime(nanoTime)
                .random(new Random(42))
                .meterRegistry(meters)
                .build();
    }

    /** In real time, with the defaults. */
    static TestReconciler of(URI base) {
        return of(settings(base, Duration.ofSeconds(20), 3, 16));
    }

    static TestReconciler of(HttpReconcilerSettings settings) {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
        scheduler.setRemoveOnCancelPolicy(true);
        return new TestReconciler(settings, scheduler, Clock.systemUTC(), System::nanoTime);
    }

    /** In time that the test moves. */
    static TestReconciler of(HttpReconcilerSettings settings, ManualTime time) {
        return of(settings, time, time.newLoop());
    }

    /** In time that the test moves, with a scheduler of it. */
    static TestReconciler of(HttpReconcilerSettings settings, ManualTime time, ScheduledExecutorService scheduler) {
        return new TestReconciler(settings, scheduler, time.clock(), time::nanoTime);
    }

    /** With a budget of three times the timeout. */
    static HttpReconcilerSettings settings(URI base, Duration timeout, int attempts, int concurrency) {
        return new HttpReconcilerSettings(
                base,
                HttpReconcilerSettings.DEFAULT_STACK_PATH,
                HttpReconcilerSettings.DEFAULT_RECONCILE_PATH,
                timeout,
                timeout.multipliedBy(3),
                attempts,
                concurrency);
    }

    SimpleMeterRegistry meters() {
        return meters;
    }

    Reconciler reconciler() {
        return reconciler;
    }

    CompletableFuture<StackDocument> readStack() {
        return readStack(STACK.value());
    }

    CompletableFuture<StackDocument> readStack(String stack) {
        return reconciler.readStack(new StackId(stack), call()).toCompletableFuture();
    }

    CompletableFuture<StageRuntime> reconcile() {
        return reconcile(STACK.value(), STAGE.value());
    }

    CompletableFuture<StageRuntime> reconcile(String stack, String stage) {
        return reconciler
                .reconcileStage(new StackId(stack), new StageId(stage), call())
                .toCompletableFuture();
    }

    /** A call of the poll {@code test.1}. */
    static CallContext call() {
        return CallContext.begin("test.1", Duration.ofMinutes(1), System::nanoTime);
    }

    static <T> T answer(CompletableFuture<T> call) throws Exception {
        return call.get(30, TimeUnit.SECONDS);
    }

    static ReconcileException failure(CompletableFuture<?> call) throws InterruptedException, TimeoutException {
        try {
            throw new AssertionError("The call has answered " + call.get(30, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return (ReconcileException) e.getCause();
        }
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        executor.shutdownNow();
    }
}
