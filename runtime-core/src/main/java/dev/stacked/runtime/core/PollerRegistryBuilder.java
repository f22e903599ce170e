package dev.stacked.runtime.core;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Builds a {@link PollerRegistry}. Everything but the backend has a default. Not thread-safe. */
public final class PollerRegistryBuilder {
    final Reconciler reconciler;
    StreamSettings settings = StreamSettings.defaults();
    List<? extends ScheduledExecutorService> loops = List.of();
    Clock clock = SystemDefaults.clock();
    LongSupplier nanoTime = SystemDefaults.nanoTime();
    Supplier<String> epochs = SystemDefaults.epochs();
    MeterRegistry meterRegistry = new CompositeMeterRegistry();

    PollerRegistryBuilder(Reconciler reconciler) {
        this.reconciler = reconciler;
    }

    /** How stacks are polled and streams are kept. Default: {@link StreamSettings#defaults()}. */
    public PollerRegistryBuilder settings(StreamSettings streamSettings) {
        this.settings = streamSettings;
        return this;
    }

    /**
     * Executors of one thread each, over which the stacks are spread. The registry does not shut them down. Default: two
     * daemon threads that end when the registry is closed.
     *
     * @throws IllegalArgumentException if there is no loop
     */
    public PollerRegistryBuilder loops(List<? extends ScheduledExecutorService> eventLoops) {
        if (eventLoops.isEmpty()) {
            throw new IllegalArgumentException("At least one event loop is needed.");
        }
        this.loops = List.copyOf(eventLoops);
        return this;
    }

    /** The time of day that events carry. Default: the system's. */
    public PollerRegistryBuilder clock(Clock timeOfDay) {
        this.clock = timeOfDay;
        return this;
    }

    /** Elapsed time in nanoseconds. Default: {@link System#nanoTime()}. */
    public PollerRegistryBuilder nanoTime(LongSupplier ticker) {
        this.nanoTime = ticker;
        return this;
    }

    /**
     * Names a new history with each call: 1 to 40 letters and digits, never the same twice. Called on event loops.
     * Default: random names.
     */
    public PollerRegistryBuilder epochs(Supplier<String> names) {
        this.epochs = names;
        return this;
    }

    /** Receives the meters, which should be those of no other {@link PollerRegistry}. Default: none are kept. */
    public PollerRegistryBuilder meterRegistry(MeterRegistry meters) {
        this.meterRegistry = meters;
        return this;
    }

    /** A registry without any stack yet. */
    public PollerRegistry build() {
        return new PollerRegistry(this);
    }
}
