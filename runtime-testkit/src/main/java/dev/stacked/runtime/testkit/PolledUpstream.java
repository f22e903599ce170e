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
 * A registry that polls a scripted upstream in real time, for tests over sockets. The time of day in the events stands
 * still. Tests of timing should use {@link ManualTime} instead.
 */
public final class PolledUpstream implements AutoCloseable {
    /** Polls a few milliseconds apart; all other intervals are longer than a test. */
    public static final StreamSettings SETTINGS = StreamSettings.defaults()
            .withPollInterval(Duration.ofMillis(10))
            .withHeartbeatInterval(Duration.ofHours(1))
            .withFirstSnapshotTimeout(Patience.LIMIT)
            .withCallBudget(Patience.LIMIT);

    private final ScriptedReconciler upstream;
    private final ScheduledThreadPoolExecutor loop = new ScheduledThreadPoolExecutor(1);
    private final PollerRegistry registry;

    /** Elapsed time advances by half an interval with each poll; every epoch is named {@code epoch}. */
    public PolledUpstream(StreamSettings settings) {
        this(settings, () -> "epoch");
    }

    /** Elapsed time advances by half an interval with each poll; {@code epochs} names the epoch of each poller. */
    public PolledUpstream(StreamSettings settings, Supplier<String> epochs) {
        AtomicLong elapsed = new AtomicLong();
        upstream = new ScriptedReconciler(
                () -> elapsed.addAndGet(settings.pollInterval().dividedBy(2).toNanos()));
        registry = registry(settings, elapsed::get, epochs);
    }

    /**
     * Polls a stack while it has an open stream.
     *
     * @param nanoTime the ticker that durations are measured with
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

    /** The scripted upstream. */
    public ScriptedReconciler upstream() {
        return upstream;
    }

    /** The registry that polls it. */
    public PollerRegistry registry() {
        return registry;
    }

    /** The stack {@code checkout}, enough for most tests. */
    public ScriptedStack stack() {
        return upstream.stack("checkout");
    }

    /** The first stage of that stack; created on first use. */
    public ScriptedStage stage() {
        return stack().stage("s1");
    }

    /** Closes all streams, then stops the polls. */
    @Override
    public void close() {
        registry.close();
        loop.shutdownNow();
    }
}
