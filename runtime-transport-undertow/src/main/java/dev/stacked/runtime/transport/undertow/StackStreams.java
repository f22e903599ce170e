package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.access.StreamAdmission;
import dev.stacked.runtime.core.PollerRegistry;
import io.undertow.server.HttpHandler;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streams of stacks for an Undertow server of one's own: routes, access and the registry behind them. Thread-safe. */
public final class StackStreams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StackStreams.class);

    /** Longer than a stream waits for its client to take the last bytes. */
    private static final Duration MAX_CLOSE_TIME = Duration.ofSeconds(5);

    private final PollerRegistry registry;
    private final StreamAdmission admission;
    private final Routes routes;

    StackStreams(PollerRegistry registry, StreamAdmission admission, Routes routes) {
        this.registry = registry;
        this.admission = admission;
        this.routes = routes;
    }

    /**
     * Builds the streams of a registry.
     *
     * @param registry is closed by {@link #close}
     */
    public static StackStreamsBuilder builder(PollerRegistry registry) {
        return new StackStreamsBuilder(registry);
    }

    /** A handler for a server that serves nothing else: other paths get a 404. */
    public HttpHandler handler() {
        return routes;
    }

    /** A handler that passes requests for other paths on, with their bodies. */
    public HttpHandler before(HttpHandler otherwise) {
        return routes.orElse(otherwise);
    }

    /**
     * Refuses new streams, ends the open ones, and closes the registry. Waits at most 5 s until the clients have taken
     * the last bytes, so call it before the server is stopped, and not on an I/O thread. Idempotent.
     */
    @Override
    public void close() {
        var drained = admission.drain().toCompletableFuture();
        registry.close();
        try {
            drained.get(MAX_CLOSE_TIME.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("{} streams have not ended within {} s", admission.openStreams(), MAX_CLOSE_TIME.toSeconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Draining does not fail.", e);
        }
    }
}
