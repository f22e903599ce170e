package dev.stacked.runtime.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StreamSettings;
import dev.stacked.runtime.testkit.ManualTime;
import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.ScriptedAccess;
import dev.stacked.runtime.testkit.ScriptedCall;
import dev.stacked.runtime.testkit.ScriptedReconciler;
import dev.stacked.runtime.testkit.ScriptedStack;
import dev.stacked.runtime.testkit.ScriptedStage;
import dev.stacked.runtime.testkit.TransportLimits;
import dev.stacked.runtime.transport.undertow.OneTransportServer;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A server over a scripted upstream with the one stack {@code checkout}, and its clients. Polls are a few milliseconds
 * apart; the time of day in the events stands still.
 */
final class WebSocketRun implements AutoCloseable {
    static final StreamSettings SETTINGS = StreamSettings.defaults()
            .withPollInterval(Duration.ofMillis(10))
            .withHeartbeatInterval(Duration.ofHours(1))
            .withFirstSnapshotTimeout(Patience.LIMIT)
            .withCallBudget(Patience.LIMIT);
    static final TransportLimits LIMITS = new TransportLimits(1000, Patience.LIMIT);
    static final String STREAM = "/api/stacks/checkout/runtime/ws";

    private static final String PADDING = "x".repeat(1 << 16);

    final ScriptedReconciler upstream = new ScriptedReconciler();
    final PollerRegistry registry;
    final OneTransportServer server;
    private final ScheduledThreadPoolExecutor loop = new ScheduledThreadPoolExecutor(1);
    private final Queue<FrameClient> clients = new ConcurrentLinkedQueue<>();

    WebSocketRun() {
        this(SETTINGS, LIMITS);
    }

    WebSocketRun(StreamSettings settings) {
        this(settings, LIMITS);
    }

    WebSocketRun(TransportLimits limits) {
        this(SETTINGS, limits);
    }

    private WebSocketRun(StreamSettings settings, TransportLimits limits) {
        this(settings, limits, new ScriptedAccess());
    }

    WebSocketRun(StreamSettings settings, TransportLimits limits, ScriptedAccess access) {
        Clock clock = Clock.fixed(ManualTime.START, ZoneOffset.UTC);
        registry = new PollerRegistry(upstream, settings, List.of(loop), clock, () -> 0, () -> "epoch");
        server = new WebSocketHarness().start(registry, limits, access);
        stage();
    }

    ScriptedStack stack() {
        return upstream.stack("checkout");
    }

    ScriptedStage stage() {
        return stack().stage("s1");
    }

    /** Makes an event that is larger than what the kernel takes for a client that does not read. */
    void changeMoreThanASocketTakes() {
        stage().with("padding", JsonNodeFactory.instance.stringNode(PADDING));
    }

    /** Sends a request of which nothing is read yet. */
    FrameClient send(String method, String target, String... headers) {
        return connect(0).request(method, target, headers);
    }

    /** Asks for the upgrade, of which nothing is read yet. */
    FrameClient upgrade(String target, String... headers) {
        return connect(0).upgrade(target, headers);
    }

    /** Opens a WebSocket of which the head is read. */
    FrameClient open() {
        return opened(upgrade(STREAM));
    }

    /** Opens a WebSocket and reads its snapshot. */
    FrameClient openAndReadSnapshot() {
        FrameClient client = open();
        assertTrue(client.text().startsWith("{\"id\":\"epoch-"));
        return client;
    }

    /** Opens a WebSocket with hardly any room for what is not read, and reads its snapshot. */
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

    /** The poll that waits for its answer, once there is one. */
    ScriptedCall heldPoll() {
        return upstream.awaitHeld(Patience.LIMIT).orElseThrow();
    }

    void awaitStreams(int open) {
        Patience.await(open + " open streams", () -> server.openStreams() == open);
    }

    @Override
    public void close() {
        clients.forEach(FrameClient::close);
        registry.close();
        server.close();
        loop.shutdownNow();
    }
}
