package dev.stacked.runtime.examples.ndjson;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.app.options.AppOptions;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.transport.undertow.AccessFilter;
import dev.stacked.runtime.transport.undertow.StreamHandler;
import io.undertow.server.HttpHandler;

/** Adds the transport to the standalone server: {@code RuntimeApp.run(args, new NdjsonModule())}. */
public final class NdjsonModule extends AbstractModule {
    @ProvidesIntoMap
    @StringMapKey("/api/stacks/{id}/runtime/ndjson")
    @Singleton
    HttpHandler ndjson(PollerRegistry registry, AccessFilter filter, AppOptions options, OriginPolicy origins) {
        return new StreamHandler(registry, filter, options.server().writeTimeout(), origins, new NdjsonTransport());
    }
}
