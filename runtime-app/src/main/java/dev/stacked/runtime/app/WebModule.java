package dev.stacked.runtime.app;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.stacked.runtime.app.internal.options.AppOptions;
import dev.stacked.runtime.app.internal.options.ServerOptions;
import dev.stacked.runtime.app.internal.options.UpstreamOptions;
import dev.stacked.runtime.app.internal.web.PageConfig;
import dev.stacked.runtime.app.internal.web.StaticFileHandler;
import dev.stacked.runtime.demo.DemoUpstream;
import io.undertow.server.HttpHandler;
import java.util.List;

/** The files for browsers, and the routes of the client library. */
final class WebModule extends AbstractModule {
    @Provides
    @Singleton
    StaticFileHandler files(AppOptions options, Provider<DemoUpstream> demo) {
        boolean isDemo = options.upstream().source() instanceof UpstreamOptions.Source.Demo;
        PageConfig config = new PageConfig(
                transport(options),
                options.streams().heartbeatInterval(),
                options.streams().errorEvent(),
                isDemo ? demo.get().stackIds() : List.of());
        return new StaticFileHandler(config, options.server().basePath());
    }

    /** All proxies pass SSE, but not all pass WebSockets. */
    private static String transport(AppOptions options) {
        boolean hasEvents = options.server().transports().contains(ServerOptions.Transport.SSE);
        return (hasEvents ? ServerOptions.Transport.SSE : ServerOptions.Transport.WEBSOCKET).optionName();
    }

    @ProvidesIntoMap
    @StringMapKey(AppRoutes.LIBRARY)
    @OwnRoutes
    HttpHandler library(StaticFileHandler files) {
        return files;
    }

    @ProvidesIntoMap
    @StringMapKey("/client/{folder}/{file}")
    @OwnRoutes
    HttpHandler libraryFolders(StaticFileHandler files) {
        return files;
    }
}
