package dev.stacked.runtime.app;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.stacked.runtime.access.ClientAddresses;
import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.access.StreamAdmission;
import dev.stacked.runtime.access.StreamAuthorizer;
import dev.stacked.runtime.access.jwt.JwtAuthorizer;
import dev.stacked.runtime.access.jwt.JwtSettings;
import dev.stacked.runtime.app.internal.options.AppOptions;
import dev.stacked.runtime.transport.undertow.AccessFilter;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** The authorizer and the limits of streams. */
final class AccessModule extends AbstractModule {
    /** They verify signatures, and wait for nothing. */
    private static final int AUTHORIZER_THREADS = 2;

    /** Not made if another authorizer is bound, so that the options are not asked who may read. */
    @Provides
    @Singleton
    StreamAuthorizer authorizer(AppOptions options, Clock clock, ClosingStack closing) {
        Optional<JwtSettings> tokens = options.access().requiredTokens(options.server());
        if (tokens.isEmpty()) {
            return StreamAuthorizer.OPEN;
        }
        JwtAuthorizer authorizer = tokenAuthorizer(tokens.get(), clock, closing);
        if (options.access().tokens().keyFile() != null) {
            ChangedFiles.watch("key-file", authorizer::reloadKeys, closing);
        }
        return authorizer;
    }

    private static JwtAuthorizer tokenAuthorizer(JwtSettings tokens, Clock clock, ClosingStack closing) {
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
    AccessFilter filter(
            StreamAuthorizer authorizer,
            StreamAdmission admission,
            AppOptions options,
            Clock clock,
            LongSupplier nanoTime) {
        return new AccessFilter(
                authorizer,
                admission,
                new ClientAddresses(options.limits().trustedProxies()),
                clock,
                options.limits().failuresPerSecond(),
                nanoTime);
    }

    @Provides
    @Singleton
    OriginPolicy origins(AppOptions options) {
        return new OriginPolicy(options.server().allowedOrigins());
    }
}
