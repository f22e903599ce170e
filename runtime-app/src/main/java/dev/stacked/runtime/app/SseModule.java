package dev.stacked.runtime.app;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.app.options.AppOptions;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.transport.sse.SseTransport;
import dev.stacked.runtime.transport.undertow.AccessFilter;
import dev.stacked.runtime.transport.undertow.StreamHandler;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertow.server.HttpHandler;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Streams as Server-Sent Events. */
final class SseModule extends AbstractModule {
    @ProvidesIntoMap
    @StringMapKey(AppRoutes.SSE)
    @OwnRoutes
    @Singleton
    HttpHandler stream(
            PollerRegistry registry,
            AccessFilter filter,
            AppOptions options,
            OriginPolicy origins,
            RandomGenerator random,
            MeterRegistry meters,
            LongSupplier nanoTime) {
        SseTransport transport = new SseTransport(random);
        return new StreamHandler(
                registry, filter, options.server().writeTimeout(), origins, transport, meters, nanoTime);
    }
}
