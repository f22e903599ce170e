package dev.stacked.runtime.app;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.app.internal.options.AppOptions;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.transport.undertow.AccessFilter;
import dev.stacked.runtime.transport.undertow.StreamHandler;
import dev.stacked.runtime.transport.undertow.StreamTransport;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;

/**
 * Creates the handlers of stream routes. Their streams come from the app's pollers, and have its access rules, limits,
 * write timeout and meters. A module that adds a transport injects it. Thread-safe.
 */
@Singleton
public final class StreamHandlers {
    private final PollerRegistry registry;
    private final AccessFilter filter;
    private final AppOptions options;
    private final OriginPolicy origins;
    private final MeterRegistry meters;
    private final LongSupplier nanoTime;

    @Inject
    StreamHandlers(
            PollerRegistry registry,
            AccessFilter filter,
            AppOptions options,
            OriginPolicy origins,
            MeterRegistry meters,
            LongSupplier nanoTime) {
        this.registry = registry;
        this.filter = filter;
        this.options = options;
        this.origins = origins;
        this.meters = meters;
        this.nanoTime = nanoTime;
    }

    /** The handler of a route with the variable {@code {id}}, such as {@code /api/stacks/{id}/runtime/stream}. */
    public StreamHandler of(StreamTransport transport) {
        return new StreamHandler(
                registry, filter, options.server().writeTimeout(), origins, transport, meters, nanoTime);
    }
}
