package dev.stacked.runtime.app;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.stacked.runtime.app.internal.options.AppOptions;
import dev.stacked.runtime.app.internal.watch.EventLoops;
import dev.stacked.runtime.app.internal.watch.WatchedReconciler;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.reconcile.http.HttpLoops;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

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
            HttpLoops httpLoops,
            ClosingStack closing) {
        List<ScheduledExecutorService> loops =
                httpLoops.executors().stream().map(EventLoops::watched).toList();
        PollerRegistry registry = PollerRegistry.builder(new WatchedReconciler(reconciler))
                .settings(options.streams())
                .loops(loops)
                .clock(clock)
                .nanoTime(nanoTime)
                .meterRegistry(meters)
                .build();
        closing.add(registry, PollerRegistry::close); // again, to fail the streams that a blocked loop dropped
        closing.add(loops, all -> eventLoops.stop(all, httpLoops::close));
        return closing.add(registry, PollerRegistry::close);
    }

    /** Polls and calls to the upstream share their threads, so that an answer is handled where it arrives. */
    @Provides
    @Singleton
    HttpLoops httpLoops(EventLoops eventLoops, ClosingStack closing) {
        return closing.add(new HttpLoops(LOOPS, eventLoops.threads("stack-loop")), HttpLoops::close);
    }
}
