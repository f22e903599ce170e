package dev.stacked.runtime.core.tests;

import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.core.StageRuntime;
import dev.stacked.runtime.core.StreamSettings;
import dev.stacked.runtime.testkit.ScriptedReconciler;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;

/** Streams are Reactive Streams publishers, tested on real threads over an upstream that changes constantly. */
public final class StreamTckTest extends FlowPublisherVerification<EncodedEvent> {
    private static final int STAGES = 50;

    private final ScriptedReconciler upstream = new ScriptedReconciler();
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicInteger epochs = new AtomicInteger();
    private ScheduledThreadPoolExecutor loop;
    private PollerRegistry registry;

    /** With timeouts for busy machines. */
    public StreamTckTest() {
        super(new TestEnvironment(2000, 100));
    }

    @BeforeClass
    void start() {
        for (int i = 0; i < STAGES; i++) {
            upstream.stack("restless").stage("s" + i);
        }
        loop = new ScheduledThreadPoolExecutor(1);
        registry = PollerRegistry.builder(new Restless())
                .settings(StreamSettings.defaults()
                        .withPollInterval(Duration.ofMillis(1))
                        .withRetain(Duration.ofMillis(1)))
                .loops(List.of(loop))
                .clock(Clock.systemUTC())
                .nanoTime(System::nanoTime)
                .epochs(() -> "epoch" + epochs.incrementAndGet())
                .build();
    }

    @AfterClass
    void stop() {
        registry.close();
        loop.shutdown();
    }

    @Override
    public Flow.Publisher<EncodedEvent> createFlowPublisher(long elements) {
        return registry.stream(new StackId("restless"));
    }

    @Override
    public Flow.Publisher<EncodedEvent> createFailedFlowPublisher() {
        return registry.stream(new StackId("nowhere"));
    }

    /** A stream ends only when its stack is gone or the server stops, so it is unbounded. */
    @Override
    public long maxElementsFromPublisher() {
        return publisherUnableToSignalOnComplete();
    }

    /** Each answer differs from the previous one. */
    private final class Restless implements Reconciler {
        @Override
        public CompletionStage<StackDocument> readStack(StackId stack, CallContext call) {
            upstream.forgetCalls();
            return upstream.readStack(stack, call);
        }

        @Override
        public CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage, CallContext call) {
            upstream.stack(stack.value()).stage(stage.value()).todos(changes.incrementAndGet(), Integer.MAX_VALUE);
            return upstream.reconcileStage(stack, stage, call);
        }
    }
}
