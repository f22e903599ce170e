package dev.stacked.runtime.app.admin;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import io.undertow.server.HttpHandler;
import io.undertow.util.StatusCodes;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.json.JsonMapper;

/** Whether the process lives, and whether it takes new clients. */
public final class HealthModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(Readiness.class).in(Singleton.class);
    }

    /** Whoever gets an answer knows all there is to know. */
    @ProvidesIntoMap
    @StringMapKey("/health/live")
    @AdminRoutes
    HttpHandler live() {
        AdminAnswer live = AdminAnswer.json(
                StatusCodes.OK, JsonMapper.shared().createObjectNode().put("status", "live"));
        return new AdminHandler(accept -> CompletableFuture.completedFuture(live));
    }

    @ProvidesIntoMap
    @StringMapKey("/health/ready")
    @AdminRoutes
    HttpHandler ready(Readiness readiness) {
        return new AdminHandler(new ReadyPage(readiness));
    }
}
