package dev.stacked.runtime.app.internal.admin;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.stacked.runtime.app.AdminRoutes;
import dev.stacked.runtime.app.internal.watch.EventLoops;
import dev.stacked.runtime.app.internal.watch.HeapPressure;
import dev.stacked.runtime.core.PollerRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.undertow.server.HttpHandler;
import io.undertow.util.StatusCodes;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.json.JsonMapper;

/** The pages of the admin server. */
public final class AdminModule extends AbstractModule {
    /** The classic text format, which every version of Prometheus and all other scrapers read. */
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    @Override
    protected void configure() {
        bind(Readiness.class).in(Singleton.class);
    }

    @ProvidesIntoMap
    @StringMapKey("/")
    @OwnAdminRoutes
    HttpHandler index(@AdminRoutes Map<String, HttpHandler> added) {
        return new AdminHandler(new IndexPage(added.keySet()));
    }

    /** Liveness: any response means alive. */
    @ProvidesIntoMap
    @StringMapKey("/health/live")
    @OwnAdminRoutes
    HttpHandler live() {
        AdminAnswer live = AdminAnswer.json(
                StatusCodes.OK, JsonMapper.shared().createObjectNode().put("status", "live"));
        return new AdminHandler(accept -> CompletableFuture.completedFuture(live));
    }

    @ProvidesIntoMap
    @StringMapKey("/health/ready")
    @OwnAdminRoutes
    HttpHandler ready(Readiness readiness, PollerRegistry pollers, HeapPressure heap, EventLoops loops) {
        return new AdminHandler(new ReadyPage(readiness, pollers, heap, loops));
    }

    @ProvidesIntoMap
    @StringMapKey("/pollers")
    @OwnAdminRoutes
    HttpHandler pollers(PollerRegistry pollers) {
        return new AdminHandler(new PollersPage(pollers));
    }

    @ProvidesIntoMap
    @StringMapKey("/metrics")
    @OwnAdminRoutes
    HttpHandler metrics(PrometheusMeterRegistry meters) {
        return new AdminHandler(
                accept -> CompletableFuture.completedFuture(AdminAnswer.ok(METRICS_TYPE, meters.scrape())));
    }
}
