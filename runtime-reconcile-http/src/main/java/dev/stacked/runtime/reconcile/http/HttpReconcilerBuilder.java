package dev.stacked.runtime.reconcile.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Builds an {@link HttpReconciler}. Everything but the settings has a default. Not thread-safe. */
public final class HttpReconcilerBuilder {
    final HttpReconcilerSettings settings;

    @Nullable
    HttpClient client;

    @Nullable
    ScheduledExecutorService scheduler;

    Clock clock = SystemDefaults.clock();
    LongSupplier nanoTime = SystemDefaults.nanoTime();
    RandomGenerator random = new Random();
    MeterRegistry meterRegistry = new CompositeMeterRegistry();

    HttpReconcilerBuilder(HttpReconcilerSettings settings) {
        this.settings = settings;
    }

    /**
     * Sends the requests. Start from {@link HttpReconciler#clientBuilder} to add an executor, a proxy or an SSL context.
     * Default: a client with threads of its own.
     *
     * @throws IllegalArgumentException if the client follows redirects
     */
    public HttpReconcilerBuilder client(HttpClient httpClient) {
        if (httpClient.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException(
                    "The client must not follow redirects; its policy is " + httpClient.followRedirects() + ".");
        }
        this.client = httpClient;
        return this;
    }

    /**
     * Runs timeouts and pauses, which are short tasks. The reconciler does not shut it down. A {@link
     * java.util.concurrent.ScheduledThreadPoolExecutor} should remove cancelled tasks, as nearly all are. Default: a
     * daemon thread that ends when the reconciler is closed.
     */
    public HttpReconcilerBuilder scheduler(ScheduledExecutorService timers) {
        this.scheduler = timers;
        return this;
    }

    /** The time of day, for dates in {@code Retry-After}. Default: the system's. */
    public HttpReconcilerBuilder clock(Clock timeOfDay) {
        this.clock = timeOfDay;
        return this;
    }

    /** Elapsed time in nanoseconds. Default: {@link System#nanoTime()}. */
    public HttpReconcilerBuilder nanoTime(LongSupplier ticker) {
        this.nanoTime = ticker;
        return this;
    }

    /** For jitter and trace ids; must be thread-safe. Default: a {@link Random}. */
    public HttpReconcilerBuilder random(RandomGenerator generator) {
        this.random = generator;
        return this;
    }

    /** Receives the meters, which should be those of no other {@link HttpReconciler}. Default: none are kept. */
    public HttpReconcilerBuilder meterRegistry(MeterRegistry meters) {
        this.meterRegistry = meters;
        return this;
    }

    /** A reconciler for the upstream of the settings. */
    public HttpReconciler build() {
        return new HttpReconciler(this);
    }
}
