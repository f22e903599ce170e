package dev.stacked.runtime.app;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.app.options.AppOptions;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.transport.undertow.AccessFilter;
import dev.stacked.runtime.transport.undertow.StreamHandler;
import dev.stacked.runtime.transport.websocket.WebSocketTransport;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertow.server.HttpHandler;
import java.util.function.LongSupplier;

/** Streams over WebSocket. */
final class WebSocketModule extends AbstractModule {
    @ProvidesIntoMap
    @StringMapKey(AppRoutes.WEBSOCKET)
    @OwnRoutes
    @Singleton
    HttpHandler webSocket(
            PollerRegistry registry,
            AccessFilter filter,
            AppOptions options,
            OriginPolicy origins,
            MeterRegistry meters,
            LongSupplier nanoTime) {
        WebSocketTransport transport = new WebSocketTransport(origins);
        return new StreamHandler(
                registry, filter, options.server().writeTimeout(), origins, transport, meters, nanoTime);
    }
}
