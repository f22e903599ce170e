package dev.stacked.runtime.transport.sse;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.testkit.ScriptedAccess;
import dev.stacked.runtime.testkit.TransportLimits;
import dev.stacked.runtime.testkit.TransportServer;
import dev.stacked.runtime.transport.undertow.Access;
import dev.stacked.runtime.transport.undertow.AllowedOrigins;
import dev.stacked.runtime.transport.undertow.ClientAddresses;
import dev.stacked.runtime.transport.undertow.Gate;
import dev.stacked.runtime.transport.undertow.Routes;
import dev.stacked.runtime.transport.undertow.StreamAdmission;
import dev.stacked.runtime.transport.undertow.StreamAuthorizer;
import dev.stacked.runtime.transport.undertow.StreamHandler;
import dev.stacked.runtime.transport.undertow.StreamLimits;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.xnio.Options;

/** A server with nothing but this transport, on a free port. */
final class SseServer implements TransportServer {
    /** A page of this origin may read streams. */
    static final String LISTED_ORIGIN = "https://board.example";

    /** Small, so that a client that does not read stalls its stream soon. */
    private static final int SEND_BUFFER = 8192;

    final StreamAdmission admission;
    private final Undertow undertow;

    SseServer(PollerRegistry registry, TransportLimits limits, ScriptedAccess access) {
        StreamAuthorizer authorizer =
                request -> access.answer(Access::allowed, Access::unauthenticated, Access::forbidden);
        admission = new StreamAdmission(limits(limits), new Random(1), () -> 0);
        Gate gate = new Gate(authorizer, admission, new ClientAddresses(List.of("127.0.0.1")), access.clock());
        StreamHandler streams = new StreamHandler(
                registry,
                gate,
                limits.writeTimeout(),
                new AllowedOrigins(List.of(LISTED_ORIGIN)),
                new SseTransport(new Random(1)));
        undertow = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setIoThreads(2)
                .setWorkerThreads(1)
                .setSocketOption(Options.SEND_BUFFER, SEND_BUFFER)
                .setSocketOption(Options.TCP_NODELAY, true)
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .setServerOption(UndertowOptions.DECODE_URL, false)
                .setHandler(new Routes(Map.of("/api/stacks/{id}/runtime/stream", streams)))
                .build();
        undertow.start();
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

    @Override
    public URI base() {
        InetSocketAddress address =
                (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
        return URI.create("http://127.0.0.1:" + address.getPort());
    }

    @Override
    public void drain() {
        admission.drain();
    }

    @Override
    public void close() {
        undertow.stop();
    }
}
