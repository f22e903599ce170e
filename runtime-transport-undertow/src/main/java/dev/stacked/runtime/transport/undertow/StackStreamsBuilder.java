package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.access.ClientAddresses;
import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.access.StreamAdmission;
import dev.stacked.runtime.access.StreamAuthorizer;
import dev.stacked.runtime.access.StreamLimits;
import dev.stacked.runtime.core.PollerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.undertow.server.HttpHandler;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds {@link StackStreams}. Without further settings everyone may read, up to 20,000 streams at once, and no other
 * web origin than the server's own. Path templates contain the variable {@code {id}} for the stack. Not thread-safe.
 */
public final class StackStreamsBuilder {
    private static final int DEFAULT_STREAMS = 20_000;
    private static final Duration DEFAULT_WRITE_TIMEOUT = Duration.ofSeconds(30);
    private static final int FAILURES_PER_SECOND = 20;

    private final PollerRegistry registry;
    private final Map<String, StreamTransport> transports = new LinkedHashMap<>();
    private @Nullable String snapshotPath;
    private @Nullable String refreshPath;
    private StreamAuthorizer authorizer = StreamAuthorizer.OPEN;
    private StreamLimits limits = StreamLimits.of(DEFAULT_STREAMS);
    private ClientAddresses addresses = new ClientAddresses(List.of());
    private OriginPolicy origins = OriginPolicy.ownOnly();
    private Duration writeTimeout = DEFAULT_WRITE_TIMEOUT;
    private MeterRegistry meterRegistry = new CompositeMeterRegistry();
    private LongSupplier nanoTime = SystemDefaults.nanoTime();

    StackStreamsBuilder(PollerRegistry registry) {
        this.registry = registry;
    }

    /** Serves streams by a transport at a path, such as {@code /api/stacks/{id}/runtime/stream}. */
    public StackStreamsBuilder streams(String path, StreamTransport transport) {
        transports.put(path, transport);
        return this;
    }

    /** Serves the present state once at a path. Default: not served. */
    public StackStreamsBuilder snapshot(String path) {
        this.snapshotPath = path;
        return this;
    }

    /** Polls a stack at once on a POST to a path. Default: not served. */
    public StackStreamsBuilder refresh(String path) {
        this.refreshPath = path;
        return this;
    }

    /** Decides who may read and refresh a stack. */
    public StackStreamsBuilder authorizer(StreamAuthorizer streamAuthorizer) {
        this.authorizer = streamAuthorizer;
        return this;
    }

    /** Limits the number of streams. */
    public StackStreamsBuilder limits(StreamLimits streamLimits) {
        this.limits = streamLimits;
        return this;
    }

    /** Finds the address of a client behind proxies. Default: no proxy is trusted. */
    public StackStreamsBuilder addresses(ClientAddresses clientAddresses) {
        this.addresses = clientAddresses;
        return this;
    }

    /** The web origins whose pages may read streams. */
    public StackStreamsBuilder origins(OriginPolicy allowed) {
        this.origins = allowed;
        return this;
    }

    /** Time after which a client that takes no byte is disconnected. Default: 30 s. */
    public StackStreamsBuilder writeTimeout(Duration timeout) {
        this.writeTimeout = timeout;
        return this;
    }

    /** Receives the meters. Default: none are kept. */
    public StackStreamsBuilder meterRegistry(MeterRegistry meters) {
        this.meterRegistry = meters;
        return this;
    }

    /** Elapsed time in nanoseconds, the same that the registry was given. Default: {@link System#nanoTime()}. */
    public StackStreamsBuilder nanoTime(LongSupplier ticker) {
        this.nanoTime = ticker;
        return this;
    }

    /**
     * The handlers of all paths.
     *
     * @throws IllegalArgumentException if a path does not start with a slash
     */
    public StackStreams build() {
        StreamAdmission admission = new StreamAdmission(limits, new Random(), nanoTime);
        AccessFilter access = new AccessFilter(
                authorizer, admission, addresses, SystemDefaults.clock(), FAILURES_PER_SECOND, nanoTime);
        Map<String, HttpHandler> handlers = new LinkedHashMap<>();
        transports.forEach((path, transport) -> handlers.put(
                path, new StreamHandler(registry, access, writeTimeout, origins, transport, meterRegistry, nanoTime)));
        if (snapshotPath != null) {
            handlers.put(snapshotPath, new SnapshotHandler(registry, access, writeTimeout, origins));
        }
        if (refreshPath != null) {
            handlers.put(refreshPath, new RefreshHandler(registry, access, origins));
        }
        return new StackStreams(registry, admission, new Routes(handlers, nanoTime));
    }
}
