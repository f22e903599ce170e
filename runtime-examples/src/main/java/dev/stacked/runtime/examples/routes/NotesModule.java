package dev.stacked.runtime.examples.routes;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.stacked.runtime.access.AccessScope;
import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.app.AppRoutes;
import dev.stacked.runtime.transport.undertow.AccessFilter;
import dev.stacked.runtime.transport.undertow.AuthorizedHandler;
import io.undertow.server.HttpHandler;

/** Adds a route for users who may read the stack, replaces the page, and removes the refresh. */
public final class NotesModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(Notes.class).in(Singleton.class);
    }

    @ProvidesIntoMap
    @StringMapKey("/api/stacks/{id}/notes")
    HttpHandler notes(Notes notes, AccessFilter access, OriginPolicy origins) {
        return new AuthorizedHandler(access, origins, AccessScope.READ, notes::send, "GET");
    }

    /** Public: a route does not call the authorizer by itself. */
    @ProvidesIntoMap
    @StringMapKey(AppRoutes.PAGE)
    HttpHandler page() {
        return exchange -> exchange.getResponseSender().send("my own page");
    }

    @ProvidesIntoMap
    @StringMapKey(AppRoutes.REFRESH)
    HttpHandler noRefresh() {
        return AppRoutes.ABSENT;
    }
}
