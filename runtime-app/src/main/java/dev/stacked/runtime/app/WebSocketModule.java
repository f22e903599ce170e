package dev.stacked.runtime.app;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.transport.websocket.WebSocketTransport;
import io.undertow.server.HttpHandler;

/** Streams over WebSocket. */
final class WebSocketModule extends AbstractModule {
    @ProvidesIntoMap
    @StringMapKey(AppRoutes.WEBSOCKET)
    @OwnRoutes
    @Singleton
    HttpHandler webSocket(StreamHandlers handlers, OriginPolicy origins) {
        return handlers.of(new WebSocketTransport(origins));
    }
}
