package dev.stacked.runtime.reconcile.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Builds an {@link HttpReconciler}. Everything but the settings has a default. Not thread-safe. */
public final class HttpReconcilerBuilder {
    final HttpReconcilerSettings settings;

    @Nullable
    HttpLoops loops;

    @Nullable
    ScheduledExecutorService scheduler;

    @Nullable
    URI proxy;

    @Nullable
    PathTemplate batchRoute;

    Supplier<SSLContext> sslContext = SystemDefaults.sslContext();
    Supplier<UpstreamHeaders> headers = () -> UpstreamHeaders.NONE;
    ErrorTexts texts = ErrorTexts.OURS;
    Clock clock = SystemDefaults.clock();
    LongSupplier nanoTime = SystemDefaults.nanoTime();
    RandomGenerator random = new Random();
    MeterRegistry meterRegistry = new CompositeMeterRegistry();

    HttpReconcilerBuilder(HttpReconcilerSettings settings) {
        this.settings = settings;
    }

    /**
     * Sends the requests. The reconciler does not close them. Poll on the same loops: see {@link HttpLoops}. Default: two
     * loops on daemon threads, which end when the reconciler is closed.
     */
    public HttpReconcilerBuilder loops(HttpLoops eventLoops) {
        this.loops = eventLoops;
        return this;
    }

    /** Measures timeouts and pauses in time of its own. Default: the event loops. */
    HttpReconcilerBuilder scheduler(ScheduledExecutorService timers) {
        this.scheduler = timers;
        return this;
    }

    /**
     * The context for TLS: the authorities to trust, and the certificate to present if any. Asked before each request, on
     * an event loop. When it returns another instance, connections that were opened with the last one are used no more.
     * Default: that of the JVM.
     */
    public HttpReconcilerBuilder sslContext(Supplier<SSLContext> current) {
        this.sslContext = current;
        return this;
    }

    /** Headers to add to each attempt, asked before it on an event loop. Default: none. */
    public HttpReconcilerBuilder headers(Supplier<UpstreamHeaders> current) {
        this.headers = current;
        return this;
    }

    /**
     * Connects through an HTTP proxy: with {@code CONNECT} to an {@code https} upstream, and otherwise with requests that
     * hold the whole URL. Default: directly.
     *
     * @param url {@code http} with a host, without user info
     * @throws IllegalArgumentException if it is another URL
     */
    public HttpReconcilerBuilder proxy(URI url) {
        if (!"http".equalsIgnoreCase(url.getScheme()) || url.getHost() == null || url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("proxy must be an http URL with a host, without user info.");
        }
        this.proxy = url;
        return this;
    }

    /**
     * Reconciles the stages of a stack with one call: {@code POST {"stageIds":[…]}}, whose answer has for each stage
     * either its runtime or an {@code error}. Default: each stage with a call of its own.
     *
     * @param path with {@code {stackId}} as a whole segment
     * @throws IllegalArgumentException naming the value and the rule that is broken
     */
    public HttpReconcilerBuilder batchPath(String path) {
        this.batchRoute = HttpReconcilerSettings.batchRoute(path);
        return this;
    }

    /**
     * Passes the words with which the upstream explains an error on to clients. They may hold addresses and paths.
     * Default: clients get the status, and the words go to the log at debug level.
     */
    public HttpReconcilerBuilder exposeUpstreamMessages() {
        this.texts = ErrorTexts.UPSTREAMS;
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
