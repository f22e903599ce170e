package dev.stacked.runtime.testkit;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StreamSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A registry that polls a scripted upstream in real time, for tests over sockets; the time of day in the events stands
 * still. Where time itself is tested, {@link ManualTime} is the better choice.
 */
public final class PolledUpstream implements AutoCloseable {
    /** Polls a few milliseconds apart, and nothing else that comes by itself within a test. */
    public static final StreamSettings SETTINGS = StreamSettings.defaults()
            .withPollInterval(Duration.ofMillis(10))
            .withHeartbeatInterval(Duration.ofHours(1))
            .withFirstSnapshotTimeout(Patience.LIMIT)
            .withCallBudget(Patience.LIMIT);

    private final ScriptedReconciler upstream;
    private final ScheduledThreadPoolExecutor loop = new ScheduledThreadPoolExecutor(1);
    private final PollerRegistry registry;

    /** Elapsed time moves on by half an interval with each poll; each epoch is called {@code epoch}. */
    public PolledUpstream(StreamSettings settings) {
        this(settings, () -> "epoch");
    }

    /** Elapsed time moves on by half an interval with each poll; {@code epochs} names the epoch of each poller. */
    public PolledUpstream(StreamSettings settings, Supplier<String> epochs) {
        AtomicLong elapsed = new AtomicLong();
        upstream = new ScriptedReconciler(
                () -> elapsed.addAndGet(settings.pollInterval().dividedBy(2).toNanos()));
        registry = registry(settings, elapsed::get, epochs);
    }

    /**
     * Polls a stack while it has a stream.
     *
     * @param nanoTime what durations are measured by
     * @param epochs the first part of event ids, one for each poller
     */
    public PolledUpstream(StreamSettings settings, LongSupplier nanoTime, Supplier<String> epochs) {
        upstream = new ScriptedReconciler();
        registry = registry(settings, nanoTime, epochs);
    }

    private PollerRegistry registry(StreamSettings settings, LongSupplier nanoTime, Supplier<String> epochs) {
        Clock clock = Clock.fixed(ManualTime.START, ZoneOffset.UTC);
        return PollerRegistry.builder(upstream)
                .settings(settings)
                .loops(List.of(loop))
                .clock(clock)
                .nanoTime(nanoTime)
                .epochs(epochs)
                .build();
    }

    /** What is polled. */
    public ScriptedReconciler upstream() {
        return upstream;
    }

    /** What polls. */
    public PollerRegistry registry() {
        return registry;
    }

    /** The stack {@code checkout}, which is all that most tests need. */
    public ScriptedStack stack() {
        return upstream.stack("checkout");
    }

    /** The first stage of that stack, which is made if there is none. */
    public ScriptedStage stage() {
        return stack().stage("s1");
    }

    /** Ends all streams, and then the polls. */
    @Override
    public void close() {
        registry.close();
        loop.shutdownNow();
    }
}
