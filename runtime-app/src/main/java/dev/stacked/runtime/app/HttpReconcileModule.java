package dev.stacked.runtime.app;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.stacked.runtime.app.internal.options.AppOptions;
import dev.stacked.runtime.app.internal.options.UpstreamOptions;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.demo.DemoUpstream;
import dev.stacked.runtime.reconcile.http.HttpLoops;
import dev.stacked.runtime.reconcile.http.HttpReconciler;
import dev.stacked.runtime.reconcile.http.HttpReconcilerBuilder;
import dev.stacked.runtime.reconcile.http.HttpReconcilerSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** An HTTP upstream, or the demo's, as the backend. Creates nothing if another backend is bound. */
final class HttpReconcileModule extends AbstractModule {
    /** Arbitrary but fixed, so that every demo is the same. */
    private static final long DEMO_SEED = 1;

    @Provides
    @Singleton
    Reconciler reconciler(
            HttpReconcilerSettings settings,
            AppOptions options,
            HttpLoops loops,
            Clock clock,
            LongSupplier nanoTime,
            RandomGenerator random,
            MeterRegistry meters,
            ClosingStack closing) {
        UpstreamOptions upstream = options.upstream();
        HttpReconcilerBuilder builder = HttpReconciler.builder(settings)
                .loops(loops)
                .clock(clock)
                .nanoTime(nanoTime)
                .random(random)
                .meterRegistry(meters);
        UpstreamAccess access = UpstreamAccess.read(upstream.access());
        if (access.isWatched()) {
            ChangedFiles.watch("upstream-files", access::reload, closing);
        }
        access.addTo(builder);
        if (upstream.batchPath() != null && !isDemo(upstream)) {
            builder.batchPath(upstream.batchPath());
        }
        return builder.build();
    }

    @Provides
    HttpReconcilerSettings settings(AppOptions options, Provider<DemoUpstream> demo) {
        UpstreamOptions upstream = options.upstream();
        boolean isDemo = isDemo(upstream);
        return new HttpReconcilerSettings(
                upstream.source().base(() -> demo.get().base()),
                isDemo ? HttpReconcilerSettings.DEFAULT_STACK_PATH : upstream.stackPath(),
                isDemo ? HttpReconcilerSettings.DEFAULT_RECONCILE_PATH : upstream.reconcilePath(),
                upstream.timeout(),
                upstream.retryAttempts(),
                upstream.reconcileConcurrency());
    }

    /** The demo has its own paths. */
    private static boolean isDemo(UpstreamOptions upstream) {
        return upstream.source() instanceof UpstreamOptions.Source.Demo;
    }

    @Provides
    @Singleton
    DemoUpstream demo(Clock clock, ClosingStack closing) {
        return closing.add(DemoUpstream.start(clock, DEMO_SEED), DemoUpstream::close);
    }
}
