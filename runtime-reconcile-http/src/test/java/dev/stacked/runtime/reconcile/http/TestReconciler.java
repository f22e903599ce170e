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
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** An {@link HttpReconciler} with all that it needs, to be asked and waited for. */
final class TestReconciler implements AutoCloseable {
    static final StackId STACK = new StackId("rig-stack");
    static final StageId STAGE = new StageId("stage-4");
    static final String RUNTIME = """
            {"data":{"stageStatus":"review","runtimeState":"idle","todoCompleted":2,"todoTotal":3}}""";
    static final String DOCUMENT = """
            {"data":{"stack":{"stages":[{"id":"stage-4","title":"Stage 4","status":"review"}]}}}""";

    /** A single one, so that calls are made in the order in which a test makes them. */
    private final HttpLoops loops = new HttpLoops(1, Thread::new);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger polls = new AtomicInteger();
    private final Duration budget;
    private final LongSupplier nanoTime;
    private final HttpReconciler reconciler;

    private TestReconciler(HttpReconcilerBuilder builder, Duration budget, LongSupplier nanoTime) {
        this.budget = budget;
        this.nanoTime = nanoTime;
        this.reconciler = builder.loops(loops)
                .nanoTime(nanoTime)
                .random(new Random(42))
                .meterRegistry(meters)
                .build();
    }

    /** In real time, with the defaults. */
    static TestReconciler of(URI base) {
        return of(settings(base, Duration.ofSeconds(20), 3, 16));
    }

    /** In real time, with a budget of three times the timeout. */
    static TestReconciler of(HttpReconcilerSettings settings) {
        return of(settings, builder -> builder);
    }

    /** The same with more than the settings. */
    static TestReconciler of(HttpReconcilerSettings settings, UnaryOperator<HttpReconcilerBuilder> more) {
        return new TestReconciler(more.apply(HttpReconciler.builder(settings)), budget(settings), System::nanoTime);
    }

    /** In time that the test moves. */
    static TestReconciler of(HttpReconcilerSettings settings, ManualTime time) {
        return of(settings, time, time.newLoop());
    }

    /** In time that the test moves, with a scheduler of it. */
    static TestReconciler of(HttpReconcilerSettings settings, ManualTime time, ScheduledExecutorService scheduler) {
        HttpReconcilerBuilder builder =
                HttpReconciler.builder(settings).scheduler(scheduler).clock(time.clock());
        return new TestReconciler(builder, budget(settings), time::nanoTime);
    }

    private static Duration budget(HttpReconcilerSettings settings) {
        return settings.timeout().multipliedBy(3);
    }

    static HttpReconcilerSettings settings(URI base, Duration timeout, int attempts, int concurrency) {
        return new HttpReconcilerSettings(
                base,
                HttpReconcilerSettings.DEFAULT_STACK_PATH,
                HttpReconcilerSettings.DEFAULT_RECONCILE_PATH,
                timeout,
                attempts,
                concurrency);
    }

    /** A call of a poll of its own. */
    CallContext call() {
        return CallContext.begin("poll-" + polls.incrementAndGet(), budget, nanoTime);
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

    /** Waits until the event loop has done what it was given so far. */
    void awaitLoop() throws Exception {
        loops.executors().get(0).submit(() -> {}).get(30, TimeUnit.SECONDS);
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
        reconciler.close();
        loops.close();
    }
}
