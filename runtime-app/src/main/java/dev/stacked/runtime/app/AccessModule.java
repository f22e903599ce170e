package dev.stacked.runtime.app;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.stacked.runtime.app.options.AppOptions;
import dev.stacked.runtime.authorize.jwt.JwtAuthorizer;
import dev.stacked.runtime.authorize.jwt.JwtSettings;
import dev.stacked.runtime.transport.undertow.AllowedOrigins;
import dev.stacked.runtime.transport.undertow.ClientAddresses;
import dev.stacked.runtime.transport.undertow.Gate;
import dev.stacked.runtime.transport.undertow.StreamAdmission;
import dev.stacked.runtime.transport.undertow.StreamAuthorizer;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** What decides whom the server serves. */
final class AccessModule extends AbstractModule {
    /** They verify signatures, and wait for nothing. */
    private static final int AUTHORIZER_THREADS = 2;

    /** Not made if another authorizer is bound, so that the options are not asked who may read. */
    @Provides
    @Singleton
    StreamAuthorizer authorizer(AppOptions options, Clock clock, ClosingStack closing) {
        Optional<JwtSettings> tokens = options.access().requiredTokens(options.server());
        return tokens.isPresent() ? tokenAuthorizer(tokens.get(), clock, closing) : StreamAuthorizer.OPEN;
    }

    private static StreamAuthorizer tokenAuthorizer(JwtSettings tokens, Clock clock, ClosingStack closing) {
        ExecutorService threads =
                closing.add(NamedThreads.pool("authorizer", AUTHORIZER_THREADS), ExecutorService::shutdownNow);
        return new JwtAuthorizer(tokens, threads, clock);
    }

    @Provides
    @Singleton
    StreamAdmission admission(AppOptions options, RandomGenerator random, LongSupplier nanoTime) {
        return new StreamAdmission(options.limits().streams(), random, nanoTime);
    }

    @Provides
    @Singleton
    Gate gate(
            StreamAuthorizer authorizer,
            StreamAdmission admission,
            AppOptions options,
            Clock clock,
            LongSupplier nanoTime) {
        return new Gate(
                authorizer,
                admission,
                new ClientAddresses(options.limits().trustedProxies()),
                clock,
                options.limits().failuresPerSecond(),
                nanoTime);
    }

    @Provides
    @Singleton
    AllowedOrigins origins(AppOptions options) {
        return new AllowedOrigins(options.server().allowedOrigins());
    }
}
