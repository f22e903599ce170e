package dev.stacked.runtime.demo;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;

/**
 * An HTTP/1.1 server on loopback that implements the upstream's side of the wire contract. Its stacks advance with the
 * clock, through all statuses and some failures, and start over when all stages are done.
 */
public final class DemoUpstream implements AutoCloseable {
    private final Undertow server;
    private final URI base;
    private final List<String> stackIds;

    private DemoUpstream(Undertow server, List<String> stackIds) {
        this.server = server;
        this.base = base(server);
        this.stackIds = stackIds;
    }

    /**
     * Starts the upstream on a free port.
     *
     * @param clock advances the stacks; its current time is their start
     * @param seed the same seed produces the same changes at the same times
     */
    public static DemoUpstream start(Clock clock, long seed) {
        return start(new DemoStacks(StackProfile.all(), clock, seed));
    }

    /** Starts the upstream on a free port, with only these stacks. */
    static DemoUpstream start(Stacks stacks) {
        // The single I/O thread owns the stacks; no other thread has work to do.
        Undertow server = Undertow.builder()
                .setIoThreads(1)
                .setWorkerThreads(1)
                .setServerOption(UndertowOptions.DECODE_URL, false)
                .addHttpListener(0, InetAddress.getLoopbackAddress().getHostAddress())
                .setHandler(new DemoRoutes(stacks))
                .build();
        server.start();
        return new DemoUpstream(server, stacks.ids());
    }

    /** The base URL to poll. */
    public URI base() {
        return base;
    }

    /** The ids of its stacks. */
    public List<String> stackIds() {
        return stackIds;
    }

    /** Stops the upstream at once. Idempotent. */
    @Override
    public void close() {
        server.stop();
    }

    private static URI base(Undertow started) {
        InetSocketAddress address =
                (InetSocketAddress) started.getListenerInfo().get(0).getAddress();
        return URI.create("http://" + address.getHostString() + ":" + address.getPort());
    }
}
