package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.testkit.ScriptedAccess;
import dev.stacked.runtime.testkit.TransportLimits;
import dev.stacked.runtime.testkit.TransportServer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A server with nothing but one transport, on a free port, as the contracts of the testkit ask for. */
public final class OneTransportServer implements TransportServer {
    /** A page of this origin may read streams. */
    public static final String LISTED_ORIGIN = "https://board.example";

    /** What transports that look at origins themselves go by. */
    public static final AllowedOrigins ORIGINS = new AllowedOrigins(List.of(LISTED_ORIGIN));

    private final StreamAdmission admission;
    private final TestServer server;

    /**
     * Starts it.
     *
     * @param route the path of its streams, such as {@code /api/stacks/{id}/runtime/stream}
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
        Gate gate = new Gate(authorizer, admission, new ClientAddresses(List.of("127.0.0.1")), access.clock());
        StreamHandler streams = new StreamHandler(registry, gate, limits.writeTimeout(), ORIGINS, transport);
        server = new TestServer(new Routes(Map.of(route, streams)), TestServer.UrlDecoding.OFF, 2);
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

    /** How many streams have a place at present. */
    public int openStreams() {
        return admission.openStreams();
    }

    @Override
    public URI base() {
        return server.base();
    }

    @Override
    public void drain() {
        admission.drain();
    }

    @Override
    public void close() {
        server.close();
    }
}
