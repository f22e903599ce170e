package dev.stacked.runtime.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StreamSettings;
import dev.stacked.runtime.testkit.ManualTime;
import dev.stacked.runtime.testkit.ScriptedAccess;
import dev.stacked.runtime.testkit.ScriptedCall;
import dev.stacked.runtime.testkit.ScriptedReconciler;
import dev.stacked.runtime.testkit.ScriptedStack;
import dev.stacked.runtime.testkit.ScriptedStage;
import dev.stacked.runtime.testkit.TransportLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A server over a scripted upstream with the one stack {@code checkout}, and its clients. Polls are a few milliseconds
 * apart; the time of day in the events stands still.
 */
final class WebSocketRun implements AutoCloseable {
    /** How long anything may take before a test fails: long, as machines may be busy. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    static final StreamSettings SETTINGS = StreamSettings.defaults()
            .withPollInterval(Duration.ofMillis(10))
            .withHeartbeatInterval(Duration.ofHours(1))
            .withFirstSnapshotTimeout(PATIENCE)
            .withCallBudget(PATIENCE);
    static final TransportLimits LIMITS = new TransportLimits(1000, PATIENCE);
    static final String STREAM = "/api/stacks/checkout/runtime/ws";

    private static final String PADDING = "x".repeat(1 << 16);

    final ScriptedReconciler upstream = new ScriptedReconciler();
    final PollerRegistry registry;
    final WebSocketServer server;
    private final ScheduledThreadPoolExecutor loop = new ScheduledThreadPoolExecutor(1);
    private final Queue<RawClient> clients = new ConcurrentLinkedQueue<>();

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
        server = new WebSocketServer(registry, limits, access);
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
    RawClient send(String method, String target, String... headers) {
        return connect(0).request(method, target, headers);
    }

    /** Asks for the upgrade, of which nothing is read yet. */
    RawClient upgrade(String target, String... headers) {
        return connect(0).upgrade(target, headers);
    }

    /** Opens a WebSocket of which the head is read. */
    RawClient open() {
        return opened(upgrade(STREAM));
    }

    /** Opens a WebSocket and reads its snapshot. */
    RawClient openAndReadSnapshot() {
        RawClient client = open();
        assertTrue(client.text().startsWith("{\"id\":\"epoch-"));
        return client;
    }

    /** Opens a WebSocket with hardly any room for what is not read, and reads its snapshot. */
    RawClient openStalled() {
        RawClient client = opened(connect(4096).upgrade(STREAM));
        client.text();
        return client;
    }

    private RawClient connect(int receiveBuffer) {
        RawClient client = new RawClient(server.base(), receiveBuffer);
        clients.add(client);
        return client;
    }

    private static RawClient opened(RawClient client) {
        assertEquals("HTTP/1.1 101 Switching Protocols", client.head().status());
        return client;
    }

    /** The poll that waits for its answer, once there is one. */
    ScriptedCall heldPoll() {
        return upstream.awaitHeld(PATIENCE).orElseThrow();
    }

    /** Waits for what the kernel brings about in its own time. */
    void awaitStreams(int open) {
        long start = System.nanoTime();
        while (server.admission.openStreams() != open) {
            assertTrue(System.nanoTime() - start < PATIENCE.toNanos(), "Streams stayed open.");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    @Override
    public void close() {
        clients.forEach(RawClient::close);
        registry.close();
        server.close();
        loop.shutdownNow();
    }
}
