package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.access.ClientAddresses;
import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.access.RefusalReason;
import dev.stacked.runtime.access.StreamAdmission;
import dev.stacked.runtime.access.StreamAuthorizer;
import dev.stacked.runtime.access.StreamLimits;
import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.PolledUpstream;
import dev.stacked.runtime.testkit.RawClient;
import dev.stacked.runtime.testkit.ResponseHead;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.OptionMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/** Clients that ask for a large snapshot over and over and take hardly any of it. */
final class WaitingSnapshotsIT {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingSnapshotsIT.class);
    private static final int ANSWERS = 100;
    private static final int STATE_BYTES = 1 << 20;
    private static final long LIMIT = 8L * STATE_BYTES;
    private static final long LIMIT_PER_CONNECTION = 4L * STATE_BYTES;
    /** What the registry, the clients and the connections need besides the answers that wait. */
    private static final long ALLOWANCE = 12L * STATE_BYTES;

    /** One object for all states, as the upstream keeps what it has answered. */
    private final StringNode padding = JsonNodeFactory.instance.stringNode("x".repeat(STATE_BYTES));

    private final AtomicLong elapsed = new AtomicLong();
    /** Polled once while there is a stream, so that there is one state to share. */
    private final PolledUpstream polled = new PolledUpstream(
            PolledUpstream.SETTINGS.withPollInterval(Duration.ofHours(1)), elapsed::get, () -> "epoch");

    private final StreamAdmission admission = new StreamAdmission(StreamLimits.of(ANSWERS + 1), new Random(1), () -> 0);
    private final AccessFilter filter =
            new AccessFilter(StreamAuthorizer.OPEN, admission, new ClientAddresses(List.of()), Clock.systemUTC());
    private final OriginPolicy origins = OriginPolicy.ownOnly();
    private final TestServer server = new TestServer(
            new Routes(Map.of(
                    "/snapshots/{id}",
                    new SnapshotHandler(polled.registry(), filter, Duration.ofHours(1), origins),
                    "/streams/{id}",
                    new StreamHandler(polled.registry(), filter, Patience.LIMIT, origins, new LineTransport()))),
            OptionMap.EMPTY,
            1,
            new ConnectionLimits(
                    1000, 1000, 100_000, 100_000, 100_000, LIMIT, LIMIT_PER_CONNECTION, Duration.ofHours(1)));

    @AfterEach
    void stop() {
        polled.registry().close();
        server.close();
        polled.close();
    }

    /** The next request polls the stack, and is answered with a state of its own. */
    private void changeState(int number) {
        elapsed.addAndGet(Duration.ofHours(1).toNanos());
        polled.stage().todos(number, ANSWERS).with("padding", padding);
    }

    /** Collects until nothing more is freed, as connections that are being closed let go of memory on other threads. */
    private static long usedHeap() {
        long used = Long.MAX_VALUE;
        for (long left = usedAfterCollection(); left < used; left = usedAfterCollection()) {
            used = left;
        }
        return used;
    }

    private static long usedAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void assertGrewLess(long before, long bytes) {
        long growth = usedHeap() - before;
        LOG.info("The heap has grown by {} bytes", growth);
        assertTrue(growth < bytes, "The heap has grown by " + growth + " bytes.");
    }

    private Http2Client connect(int window) {
        return new Http2Client(server.port(), window, 0, Patience.LIMIT);
    }

    private void assertServes() {
        try (Http2Client other = connect(Http2Client.WIDE)) {
            int snapshot = other.get("/snapshots/checkout");
            assertEquals(200, other.status(snapshot));
            assertTrue(other.rest(snapshot).length() > STATE_BYTES);
        }
    }

    @Test
    void answersThatWaitShareOneStateWhichCountsOnce() {
        changeState(0);
        try (RawClient reader = server.get("/streams/checkout");
                Http2Client client = connect(100)) {
            assertEquals(200, reader.head().status());
            assertEquals(200, client.status(client.get("/snapshots/checkout")));
            long before = usedHeap();

            for (int i = 1; i < ANSWERS; i++) {
                assertEquals(200, client.status(client.get("/snapshots/checkout")));
            }

            assertEquals(ANSWERS + 1, admission.openStreams());
            assertGrewLess(before, ALLOWANCE);
        }
    }

    @Test
    void http2ConnectionForWhichTooManyStatesWaitIsClosed() {
        long before = usedHeap();
        try (Http2Client client = connect(100)) {
            int answered = 0;
            try {
                for (; answered < ANSWERS; answered++) {
                    changeState(answered);
                    client.status(client.get("/snapshots/checkout"));
                }
            } catch (UncheckedIOException closed) {
                LOG.debug("The server has closed the connection", closed);
            }

            assertGrewLess(before, LIMIT_PER_CONNECTION + ALLOWANCE);
            assertTrue(answered < ANSWERS, "All requests were answered.");
            assertEquals(1, server.reached(ConnectionLimit.WAITING_BYTES_PER_CONNECTION));
            assertServes();
        }
        Patience.await("nothing that waits", () -> server.connections().heldBytes() == 0);
    }

    @Test
    void http1ConnectionsForWhichTooManyStatesWaitAreClosed() {
        long before = usedHeap();
        List<RawClient> clients = new ArrayList<>();
        int refused = 0;
        for (int i = 0; i < ANSWERS; i++) {
            changeState(i);
            RawClient client = server.get("/snapshots/checkout", 4096);
            clients.add(client);
            ResponseHead head = client.head();
            if (head.status() == 503) {
                refused++;
                assertTrue(head.headers().containsKey("retry-after"), head::toString);
                assertTrue(client.body(head).contains("too-many-connections"));
            }
        }

        assertGrewLess(before, LIMIT + ALLOWANCE);
        assertTrue(refused > 0, "No request was refused.");
        assertEquals(refused, admission.refusals().count(RefusalReason.WAITING_BYTES));
        assertEquals(refused, server.reached(ConnectionLimit.WAITING_BYTES));
        clients.forEach(RawClient::close);
        Patience.await("nothing that waits", () -> server.connections().heldBytes() == 0);
        assertServes();
    }

    @Test
    void singleStateMayBeLargerThanTheLimitOfItsConnection() {
        polled.stage().with("padding", JsonNodeFactory.instance.stringNode("x".repeat((int) LIMIT_PER_CONNECTION)));
        try (Http2Client client = connect(100)) {
            int snapshot = client.get("/snapshots/checkout");
            assertEquals(200, client.status(snapshot));
            client.roundTrip();

            client.grant(snapshot, Http2Client.WIDE);

            assertTrue(client.rest(snapshot).length() > LIMIT_PER_CONNECTION);
        }
        Patience.await("nothing that waits", () -> server.connections().heldBytes() == 0);
    }
}
