package dev.stacked.runtime.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StreamSettings;
import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.PolledUpstream;
import dev.stacked.runtime.testkit.ScriptedAccess;
import dev.stacked.runtime.testkit.ScriptedCall;
import dev.stacked.runtime.testkit.ScriptedReconciler;
import dev.stacked.runtime.testkit.ScriptedStack;
import dev.stacked.runtime.testkit.ScriptedStage;
import dev.stacked.runtime.transport.testkit.OneTransportServer;
import dev.stacked.runtime.transport.testkit.TransportLimits;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A server over a scripted upstream with the stack {@code checkout}, and its clients. Polls are a few milliseconds
 * apart; the time of day in the events stands still.
 */
final class WebSocketRun implements AutoCloseable {
    static final TransportLimits LIMITS = new TransportLimits(1000, Patience.LIMIT);
    static final String STREAM = "/api/stacks/checkout/runtime/ws";

    private static final String PADDING = "x".repeat(1 << 16);

    final ScriptedReconciler upstream;
    final PollerRegistry registry;
    final OneTransportServer server;
    private final PolledUpstream polled;
    private final Queue<FrameClient> clients = new ConcurrentLinkedQueue<>();

    WebSocketRun() {
        this(PolledUpstream.SETTINGS, LIMITS);
    }

    WebSocketRun(StreamSettings settings) {
        this(settings, LIMITS);
    }

    WebSocketRun(TransportLimits limits) {
        this(PolledUpstream.SETTINGS, limits);
    }

    private WebSocketRun(StreamSettings settings, TransportLimits limits) {
        this(settings, limits, new ScriptedAccess());
    }

    WebSocketRun(StreamSettings settings, TransportLimits limits, ScriptedAccess access) {
        polled = new PolledUpstream(settings);
        upstream = polled.upstream();
        registry = polled.registry();
        server = new WebSocketHarness().start(registry, limits, access);
        stage();
    }

    ScriptedStack stack() {
        return polled.stack();
    }

    ScriptedStage stage() {
        return polled.stage();
    }

    /** Emits an event that is larger than the kernel's buffers for a client that does not read. */
    void changeMoreThanASocketTakes() {
        stage().with("padding", JsonNodeFactory.instance.stringNode(PADDING));
    }

    /** Sends a request, and reads nothing yet. */
    FrameClient send(String method, String target, String... headers) {
        return connect(0).request(method, target, headers);
    }

    /** Requests the upgrade, and reads nothing yet. */
    FrameClient upgrade(String target, String... headers) {
        return connect(0).upgrade(target, headers);
    }

    /** Opens a WebSocket, and reads the response head. */
    FrameClient open() {
        return opened(upgrade(STREAM));
    }

    /** Opens a WebSocket and reads its snapshot. */
    FrameClient openAndReadSnapshot() {
        FrameClient client = open();
        assertTrue(client.text().startsWith("{\"id\":\"epoch-"));
        return client;
    }

    /** Opens a WebSocket with a tiny receive buffer, and reads its snapshot. */
    FrameClient openStalled() {
        FrameClient client = opened(connect(4096).upgrade(STREAM));
        client.text();
        return client;
    }

    private FrameClient connect(int receiveBuffer) {
        FrameClient client = new FrameClient(server.base(), receiveBuffer);
        clients.add(client);
        return client;
    }

    private static FrameClient opened(FrameClient client) {
        assertEquals("HTTP/1.1 101 Switching Protocols", client.head().statusLine());
        return client;
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
        clients.forEach(FrameClient::close);
        polled.registry().close();
        server.close();
        polled.close();
    }
}
