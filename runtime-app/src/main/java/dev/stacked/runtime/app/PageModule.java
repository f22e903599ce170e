package dev.stacked.runtime.app;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.stacked.runtime.app.internal.web.StaticFileHandler;
import io.undertow.server.HttpHandler;

/** The page and its files. */
final class PageModule extends AbstractModule {
    @ProvidesIntoMap
    @StringMapKey(AppRoutes.PAGE)
    @OwnRoutes
    HttpHandler page(StaticFileHandler files) {
        return files;
    }

    @ProvidesIntoMap
    @StringMapKey("/assets/{hash}/{folder}/{file}")
    @OwnRoutes
    HttpHandler assets(StaticFileHandler files) {
        return files;
    }

    @ProvidesIntoMap
    @StringMapKey("/assets/{hash}/{folder}/{inner}/{file}")
    @OwnRoutes
    HttpHandler assetFolders(StaticFileHandler files) {
        return files;
    }
}
