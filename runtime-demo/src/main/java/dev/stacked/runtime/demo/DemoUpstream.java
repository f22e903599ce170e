package dev.stacked.runtime.demo;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;

/**
 * An upstream on loopback that speaks the upstream's part of the wire contract over HTTP/1.1. Its stacks move on with
 * the clock, through all statuses and some failures, and begin anew when all is done.
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
     * Starts it on a free port.
     *
     * @param clock moves the stacks on; now is their beginning
     * @param seed the same seed makes the same happen at the same time
     */
    public static DemoUpstream start(Clock clock, long seed) {
        return start(new DemoStacks(StackProfile.all(), clock, seed));
    }

    /** Starts it on a free port, with these stacks and no others. */
    static DemoUpstream start(Stacks stacks) {
        // One I/O thread, which therefore owns the stacks, and no work that would need another.
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

    /** Stops it at once. Idempotent. */
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
