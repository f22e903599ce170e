package dev.stacked.runtime.app;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.app.internal.options.AppOptions;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.transport.undertow.AccessFilter;
import dev.stacked.runtime.transport.undertow.RefreshHandler;
import dev.stacked.runtime.transport.undertow.SnapshotHandler;
import io.undertow.server.HttpHandler;

/** Routes of a stack besides its streams: its current state, and the nudge to poll it. */
final class StackModule extends AbstractModule {
    @ProvidesIntoMap
    @StringMapKey(AppRoutes.SNAPSHOT)
    @OwnRoutes
    @Singleton
    HttpHandler snapshot(PollerRegistry registry, AccessFilter filter, AppOptions options, OriginPolicy origins) {
        return new SnapshotHandler(registry, filter, options.server().writeTimeout(), origins);
    }

    @ProvidesIntoMap
    @StringMapKey(AppRoutes.REFRESH)
    @OwnRoutes
    @Singleton
    HttpHandler refresh(PollerRegistry registry, AccessFilter filter, OriginPolicy origins) {
        return new RefreshHandler(registry, filter, origins);
    }
}
