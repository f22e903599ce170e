package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.PolledUpstream;
import dev.stacked.runtime.testkit.RawClient;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** Clients that ask for a large snapshot over and over and take hardly any of it. */
final class WaitingSnapshotsIT {
    private static final int ANSWERS = 100;
    private static final int STATE_BYTES = 1 << 20;

    /** Polled once while there is a stream, so that there is one state to share. */
    private final PolledUpstream polled =
            new PolledUpstream(PolledUpstream.SETTINGS.withPollInterval(Duration.ofHours(1)), () -> 0, () -> "epoch");

    private final StreamAdmission admission = new StreamAdmission(StreamLimits.of(ANSWERS + 1), new Random(1), () -> 0);
    private final Gate gate =
            new Gate(StreamAuthorizer.OPEN, admission, new ClientAddresses(List.of()), Clock.systemUTC());
    private final AllowedOrigins origins = new AllowedOrigins(List.of());
    private final TestServer server = new TestServer(new Routes(Map.of(
            "/snapshots/{id}",
            new SnapshotHandler(polled.registry(), gate, Patience.LIMIT, origins),
            "/streams/{id}",
            new StreamHandler(polled.registry(), gate, Patience.LIMIT, origins, new LineTransport()))));

    @AfterEach
    void stop() {
        polled.registry().close();
        server.close();
        polled.close();
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void answersThatWaitShareOneState() {
        polled.stage().with("padding", JsonNodeFactory.instance.stringNode("x".repeat(STATE_BYTES)));
        try (RawClient reader = server.get("/streams/checkout");
                Http2Client client = new Http2Client(server.port(), 100, 0, Patience.LIMIT)) {
            assertEquals(200, reader.head().status());
            assertEquals(200, client.status(client.get("/snapshots/checkout")));
            long before = usedHeap();

            for (int i = 1; i < ANSWERS; i++) {
                assertEquals(200, client.status(client.get("/snapshots/checkout")));
            }

            long growth = usedHeap() - before;
            assertEquals(ANSWERS + 1, admission.openStreams());
            assertTrue(growth < 20L * STATE_BYTES, "The heap has grown by " + growth + " bytes.");
        }
    }
}
