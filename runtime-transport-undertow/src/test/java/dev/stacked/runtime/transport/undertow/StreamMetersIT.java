package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.access.ClientAddresses;
import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.access.StreamAdmission;
import dev.stacked.runtime.access.StreamAuthorizer;
import dev.stacked.runtime.access.StreamLimits;
import dev.stacked.runtime.testkit.ManualTime;
import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.PolledUpstream;
import dev.stacked.runtime.testkit.RawClient;
import dev.stacked.runtime.testkit.ScriptedStage;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xnio.XnioIoThread;
import tools.jackson.databind.node.JsonNodeFactory;

/** What is measured of streams, over real sockets. */
final class StreamMetersIT {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PolledUpstream polled = new PolledUpstream(PolledUpstream.SETTINGS, System::nanoTime, () -> "epoch");
    private final StreamAdmission admission = new StreamAdmission(StreamLimits.of(2), new Random(1), () -> 0);
    private final AccessFilter filter = new AccessFilter(
            StreamAuthorizer.OPEN,
            admission,
            new ClientAddresses(List.of()),
            Clock.fixed(ManualTime.START, ZoneOffset.UTC));
    private final BlockingQueue<Late> openings = new LinkedBlockingQueue<>();
    private final TestServer server = new TestServer(
            new Routes(Map.of("/streams/{id}", streams(new LineTransport()), "/late/{id}", streams(late()))));

    /** The opening of a stream that waits to be run. */
    private record Late(XnioIoThread thread, Runnable opening) {}

    private StreamTransport late() {
        return new LineTransport(opening -> openings.add(new Late(XnioIoThread.requireCurrentThread(), opening)));
    }

    private StreamHandler streams(StreamTransport transport) {
        return new StreamHandler(
                polled.registry(),
                filter,
                Duration.ofMillis(500),
                OriginPolicy.ownOnly(),
                transport,
                meters,
                System::nanoTime);
    }

    @AfterEach
    void stop() {
        polled.registry().close();
        server.close();
        polled.close();
    }

    private ScriptedStage stage() {
        return polled.stage();
    }

    private RawClient open(int receiveBuffer) {
        stage();
        RawClient client = server.get("/streams/checkout", receiveBuffer);
        assertEquals(200, client.head().status());
        client.line();
        client.line();
        return client;
    }

    private double streamsOpen() {
        return meters.get("runtime.streams").tag("transport", "line").gauge().value();
    }

    private double counted(String name) {
        return meters.get(name).counter().count();
    }

    private double refused(String reason) {
        return meters.get("runtime.refusals")
                .tag("reason", reason)
                .functionCounter()
                .count();
    }

    @Test
    void streamsAreCountedWhileTheyAreOpen() {
        RawClient one = open(0);
        RawClient other = open(0);
        assertEquals(2, streamsOpen());
        assertEquals(2, counted("runtime.streams.opened"));

        one.close();
        other.close();

        Patience.await("no open stream", () -> streamsOpen() == 0);
        assertEquals(2, counted("runtime.streams.opened"));
    }

    @Test
    void streamsOfAllHandlersOfATransportAreCounted() throws Exception {
        open(0);
        server.get("/late/checkout", 0);
        Late late = openings.take();
        CompletableFuture.runAsync(late.opening(), late.thread()).get();

        assertEquals(2, streamsOpen());
        assertEquals(2, counted("runtime.streams.opened"));
    }

    @Test
    void whoLeavesWhileItsStreamOpensIsNotCounted() throws Exception {
        stage();
        RawClient client = server.get("/late/checkout", 0);
        Late late = openings.take();
        client.close();
        Patience.await("no open stream", () -> admission.openStreams() == 0);

        CompletableFuture.runAsync(late.opening(), late.thread()).get();

        assertEquals(0, counted("runtime.streams.opened"));
    }

    @Test
    void changeIsTimedOnItsWayToEachClient() {
        RawClient one = open(0);
        RawClient other = open(0);
        Timer delivery = meters.get("runtime.delivery").timer();
        assertEquals(0, delivery.count(), "What a client catches up on is not timed.");

        stage().todos(1, 9);
        one.line();
        other.line();

        Patience.await("both deliveries", () -> delivery.count() == 2);
        assertTrue(delivery.totalTime(TimeUnit.NANOSECONDS) > 0);
    }

    @Test
    void aReaderThatIsCutOffIsCounted() {
        open(4096);

        stage().with("padding", JsonNodeFactory.instance.stringNode("x".repeat(1 << 16)));

        Patience.await("the cut", () -> counted("runtime.streams.cut.off") == 1);
        Patience.await("no open stream", () -> streamsOpen() == 0);
    }

    @Test
    void refusalsAreCountedByReason() {
        open(0);
        open(0);
        assertEquals(503, server.get("/streams/checkout").head().status());
        assertEquals(400, server.get("/streams/%20").head().status());

        assertEquals(1, refused("streams"));
        assertEquals(0, refused("draining"));
    }
}
