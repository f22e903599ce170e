package dev.stacked.runtime.app;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.stacked.runtime.app.internal.options.AppOptions;
import dev.stacked.runtime.app.internal.watch.EventLoops;
import dev.stacked.runtime.app.internal.watch.WatchedReconciler;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.Reconciler;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Polling, on its own event loops. */
final class CoreModule extends AbstractModule {
    /** A poll takes microseconds; a second loop keeps one stack's fan-out from delaying half of the others. */
    private static final int LOOPS = 2;

    @Override
    protected void configure() {
        bind(Clock.class).toInstance(Clock.systemUTC());
        bind(LongSupplier.class).toInstance(System::nanoTime);
        bind(RandomGenerator.class).toInstance(new Random());
    }

    @Provides
    @Singleton
    PollerRegistry registry(
            Reconciler reconciler,
            AppOptions options,
            Clock clock,
            LongSupplier nanoTime,
            MeterRegistry meters,
            EventLoops eventLoops,
            ClosingStack closing) {
        List<ScheduledExecutorService> loops = IntStream.rangeClosed(1, LOOPS)
                .mapToObj(loop -> eventLoops.loop("stack-loop-" + loop))
                .toList();
        PollerRegistry registry = PollerRegistry.builder(new WatchedReconciler(reconciler))
                .settings(options.streams())
                .loops(loops)
                .clock(clock)
                .nanoTime(nanoTime)
                .meterRegistry(meters)
                .build();
        closing.add(registry, PollerRegistry::close); // again, to fail the streams that a blocked loop dropped
        loops.forEach(loop -> closing.add(loop, EventLoops::stop));
        return closing.add(registry, PollerRegistry::close);
    }
}
