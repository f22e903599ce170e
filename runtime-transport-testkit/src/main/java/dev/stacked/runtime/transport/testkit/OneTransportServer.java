package dev.stacked.runtime.transport.testkit;

import dev.stacked.runtime.access.Access;
import dev.stacked.runtime.access.ClientAddresses;
import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.access.StreamAdmission;
import dev.stacked.runtime.access.StreamAuthorizer;
import dev.stacked.runtime.access.StreamLimits;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.testkit.ScriptedAccess;
import dev.stacked.runtime.transport.undertow.AccessFilter;
import dev.stacked.runtime.transport.undertow.ConnectionLimits;
import dev.stacked.runtime.transport.undertow.HttpConnections;
import dev.stacked.runtime.transport.undertow.Routes;
import dev.stacked.runtime.transport.undertow.StreamHandler;
import dev.stacked.runtime.transport.undertow.StreamTransport;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.undertow.UndertowOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * A server with one transport on Undertow, on a free port of the loopback interface, as the contracts require it. It
 * speaks HTTP/1.1 and, with prior knowledge, HTTP/2. Thread-safe.
 */
public final class OneTransportServer implements TransportServer {
    /** An origin whose pages may read streams. */
    public static final String LISTED_ORIGIN = "https://board.example";

    /** The origins that the server allows, for transports that check origins themselves. */
    public static final OriginPolicy ORIGINS = new OriginPolicy(List.of(LISTED_ORIGIN));

    private static final int IO_THREADS = 2;
    /** Small, so that a client that does not read stalls its stream soon. */
    private static final int SEND_BUFFER = 8192;

    private static final OptionMap HTTP = OptionMap.builder()
            .set(UndertowOptions.DECODE_URL, false)
            .set(UndertowOptions.BUFFER_PIPELINED_DATA, false)
            .set(UndertowOptions.MAX_ENTITY_SIZE, -1L)
            .getMap();
    private static final OptionMap SOCKETS = OptionMap.builder()
            .set(Options.SEND_BUFFER, SEND_BUFFER)
            .set(Options.TCP_NODELAY, true)
            .set(Options.WORKER_IO_THREADS, IO_THREADS)
            .set(Options.BALANCING_TOKENS, 1)
            .set(Options.BALANCING_CONNECTIONS, 2)
            .getMap();
    /** More than the contracts need, since they test only the limits of streams. */
    private static final ConnectionLimits CONNECTIONS = new ConnectionLimits(
            ConnectionLimits.NONE, 1000, 1_000_000, 1_000_000, 1_000_000, 1 << 30, 1 << 30, Duration.ofHours(1));

    private final StreamAdmission admission;
    private final XnioWorker worker;
    private final AcceptingChannel<? extends StreamConnection> listening;

    /**
     * Starts the server.
     *
     * @param route the path of its streams, such as {@code /api/stacks/{id}/runtime/stream}
     * @param transport the transport under test
     * @param registry the source of the streams
     * @param limits the limits to enforce
     * @param access decisions of the authorizer; proxies at {@code 127.0.0.1} are trusted
     */
    public OneTransportServer(
            String route,
            StreamTransport transport,
            PollerRegistry registry,
            TransportLimits limits,
            ScriptedAccess access) {
        StreamAuthorizer authorizer =
                request -> access.answer(Access::allowed, Access::unauthenticated, Access::forbidden);
        admission = new StreamAdmission(limits(limits), new Random(1), () -> 0);
        AccessFilter filter =
                new AccessFilter(authorizer, admission, new ClientAddresses(List.of("127.0.0.1")), access.clock());
        StreamHandler streams = new StreamHandler(registry, filter, limits.writeTimeout(), ORIGINS, transport);
        HttpConnections connections = new HttpConnections(
                new Routes(Map.of(route, streams)),
                HTTP,
                CONNECTIONS,
                new ClientAddresses(List.of()),
                new CompositeMeterRegistry(),
                () -> 0);
        try {
            worker = Xnio.getInstance()
                    .createWorker(OptionMap.create(Options.WORKER_IO_THREADS, IO_THREADS, Options.TCP_NODELAY, true));
            listening = worker.createStreamConnectionServer(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    ChannelListeners.openListenerAdapter(connections.plain()),
                    SOCKETS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        listening.resumeAccepts();
    }

    private static StreamLimits limits(TransportLimits limits) {
        return new StreamLimits(
                limits.maxStreams(),
                limits.maxStacks(),
                limits.perStack(),
                limits.perPrincipal(),
                limits.perAddress(),
                limits.newPerSecond());
    }

    /** Number of streams that are open or about to open. */
    public int openStreams() {
        return admission.openStreams();
    }

    @Override
    public URI base() {
        return URI.create("http://127.0.0.1:"
                + listening.getLocalAddress(InetSocketAddress.class).getPort());
    }

    @Override
    public void drain() {
        admission.drain();
    }

    @Override
    public void close() {
        IoUtils.safeClose(listening);
        worker.shutdownNow();
    }
}
