package dev.stacked.runtime.app;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.MapBinder;
import dev.stacked.runtime.access.AllowedHosts;
import dev.stacked.runtime.access.ClientAddresses;
import dev.stacked.runtime.access.StreamAdmission;
import dev.stacked.runtime.app.internal.admin.OwnAdminRoutes;
import dev.stacked.runtime.app.internal.admin.Readiness;
import dev.stacked.runtime.app.internal.options.AppOptions;
import dev.stacked.runtime.app.internal.watch.Pauses;
import dev.stacked.runtime.app.internal.watch.Watchdog;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.transport.undertow.AnswerTimeLimit;
import dev.stacked.runtime.transport.undertow.HostFilter;
import dev.stacked.runtime.transport.undertow.HttpConnections;
import dev.stacked.runtime.transport.undertow.Routes;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertow.server.HttpHandler;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.xnio.OptionMap;

/** The server. Its routes are those of the maps from path template to handler: an integrator's, then its own. */
final class ServerModule extends AbstractModule {
    @Override
    protected void configure() {
        MapBinder.newMapBinder(binder(), String.class, HttpHandler.class);
        MapBinder.newMapBinder(binder(), String.class, HttpHandler.class, OwnRoutes.class);
        MapBinder.newMapBinder(binder(), String.class, HttpHandler.class, AdminRoutes.class);
        MapBinder.newMapBinder(binder(), String.class, HttpHandler.class, OwnAdminRoutes.class);
    }

    @Provides
    @Singleton
    RunningApp app(
            AppOptions options,
            Map<String, HttpHandler> addedRoutes,
            @OwnRoutes Map<String, HttpHandler> ownRoutes,
            AdminServer admin,
            Readiness readiness,
            StreamAdmission admission,
            PollerRegistry registry,
            RandomGenerator random,
            MeterRegistry meters,
            LongSupplier nanoTime,
            Pauses pauses,
            Watchdog watchdog,
            ClosingStack closing) {
        closing.add(watchdog.start(), Watchdog::stop);
        OptionMap settings = HttpSettings.of(
                pauses,
                options.streams().heartbeatInterval(),
                options.streams().firstSnapshotTimeout(),
                options.server().writeTimeout());
        Routes routes = new Routes(
                RouteTable.under(options.server().basePath(), RouteTable.of(addedRoutes, ownRoutes)), nanoTime);
        HttpConnections connections = new HttpConnections(
                new HostFilter(hosts(options), admission.refusals(), routes),
                settings,
                options.limits().connections(),
                new ClientAddresses(options.limits().trustedProxies()),
                meters,
                nanoTime);
        SSLContext tls = Certificates.tls(options.tls(), meters, closing);
        WebServer server = new WebServer(options.server(), settings, tls, connections, nanoTime);
        Drain drain = new Drain(server, admission, registry, options.server().drainWindow(), random);
        return new RunningApp(server, admin, readiness, drain, closing);
    }

    private static AllowedHosts hosts(AppOptions options) {
        List<String> names = options.server().allowedHosts();
        return names.isEmpty() && !options.server().isLoopback() ? AllowedHosts.any() : AllowedHosts.loopbackAnd(names);
    }

    @Provides
    @Singleton
    AdminServer admin(
            AppOptions options,
            StreamAdmission admission,
            @AdminRoutes Map<String, HttpHandler> addedRoutes,
            @OwnAdminRoutes Map<String, HttpHandler> ownRoutes,
            LongSupplier nanoTime) {
        AllowedHosts hosts = options.admin().isLoopback()
                ? AllowedHosts.loopbackAnd(options.server().allowedHosts())
                : AllowedHosts.any();
        Routes routes = new Routes(RouteTable.of(addedRoutes, ownRoutes), nanoTime);
        return new AdminServer(
                options.admin(),
                options.server().port(),
                new AnswerTimeLimit(
                        options.server().writeTimeout(),
                        nanoTime,
                        new HostFilter(hosts, admission.refusals(), routes)));
    }
}
