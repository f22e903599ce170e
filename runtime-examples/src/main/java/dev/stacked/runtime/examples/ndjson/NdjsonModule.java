package dev.stacked.runtime.examples.ndjson;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.stacked.runtime.app.StreamHandlers;
import io.undertow.server.HttpHandler;

/** Adds the transport to the standalone server: {@code RuntimeApp.run(args, new NdjsonModule())}. */
public final class NdjsonModule extends AbstractModule {
    @ProvidesIntoMap
    @StringMapKey("/api/stacks/{id}/runtime/ndjson")
    @Singleton
    HttpHandler ndjson(StreamHandlers handlers) {
        return handlers.of(new NdjsonTransport());
    }
}
