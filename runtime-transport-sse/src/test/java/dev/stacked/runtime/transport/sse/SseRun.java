package dev.stacked.runtime.transport.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StreamSettings;
import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.PolledUpstream;
import dev.stacked.runtime.testkit.RawClient;
import dev.stacked.runtime.testkit.ScriptedAccess;
import dev.stacked.runtime.testkit.ScriptedCall;
import dev.stacked.runtime.testkit.ScriptedReconciler;
import dev.stacked.runtime.testkit.ScriptedStack;
import dev.stacked.runtime.testkit.ScriptedStage;
import dev.stacked.runtime.transport.testkit.OneTransportServer;
import dev.stacked.runtime.transport.testkit.TransportLimits;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A server over a scripted upstream with the stack {@code checkout}, and its clients. Polls are a few milliseconds
 * apart; the time of day in the events stands still.
 */
final class SseRun implements AutoCloseable {
    static final TransportLimits LIMITS = new TransportLimits(1000, Patience.LIMIT);
    static final String STREAM = "/api/stacks/checkout/runtime/stream";

    final ScriptedReconciler upstream;
    final PollerRegistry registry;
    final OneTransportServer server;
    private final PolledUpstream polled;
    private final Queue<RawClient> clients = new ConcurrentLinkedQueue<>();

    SseRun() {
        this(PolledUpstream.SETTINGS, LIMITS);
    }

    SseRun(StreamSettings settings) {
        this(settings, LIMITS);
    }

    SseRun(TransportLimits limits) {
        this(PolledUpstream.SETTINGS, limits);
    }

    private SseRun(StreamSettings settings, TransportLimits limits) {
        polled = new PolledUpstream(settings);
        upstream = polled.upstream();
        registry = polled.registry();
        server = new SseHarness().start(registry, limits, new ScriptedAccess());
        stage();
    }

    ScriptedStack stack() {
        return polled.stack();
    }

    ScriptedStage stage() {
        return polled.stage();
    }

    /** Connects, and sends nothing yet. */
    RawClient connect() {
        return connect(0);
    }

    RawClient connect(int receiveBuffer) {
        RawClient client = new RawClient(server.base(), receiveBuffer);
        clients.add(client);
        return client;
    }

    /** Sends a request, and reads nothing yet. */
    RawClient send(String method, String target, String... headers) {
        return connect().request(method, target, headers);
    }

    /** Opens a stream, and reads its head and greeting. */
    RawClient open(String... headers) {
        return opened(send("GET", STREAM, headers));
    }

    /** Opens a stream with a tiny receive buffer. */
    RawClient openStalled() {
        return opened(connect(4096).request("GET", STREAM));
    }

    private static RawClient opened(RawClient client) {
        assertEquals("HTTP/1.1 200 OK", client.head().statusLine());
        greeting(client);
        return client;
    }

    /** Reads the lines that open the block of the first event. */
    static String greeting(RawClient client) {
        return client.line() + "\n" + client.line() + "\n";
    }

    /** Waits for a poll that is held. */
    ScriptedCall heldPoll() {
        return upstream.awaitHeld(Patience.LIMIT).orElseThrow();
    }

    void awaitStreams(int open) {
        Patience.await(open + " open streams", () -> server.openStreams() == open);
    }

    @Override
    public void close() {
        clients.forEach(RawClient::close);
        polled.registry().close();
        server.close();
        polled.close();
    }
}
