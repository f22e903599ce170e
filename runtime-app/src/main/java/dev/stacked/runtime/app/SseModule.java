package dev.stacked.runtime.app;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.stacked.runtime.transport.sse.SseTransport;
import io.undertow.server.HttpHandler;
import java.util.random.RandomGenerator;

/** Streams as Server-Sent Events. */
final class SseModule extends AbstractModule {
    @ProvidesIntoMap
    @StringMapKey(AppRoutes.SSE)
    @OwnRoutes
    @Singleton
    HttpHandler stream(StreamHandlers handlers, RandomGenerator random) {
        return handlers.of(new SseTransport(random));
    }
}
