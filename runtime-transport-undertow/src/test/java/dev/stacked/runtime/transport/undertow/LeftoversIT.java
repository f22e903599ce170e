package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stacked.runtime.access.ClientAddresses;
import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.access.StreamAdmission;
import dev.stacked.runtime.access.StreamAuthorizer;
import dev.stacked.runtime.access.StreamLimits;
import dev.stacked.runtime.testkit.ManualTime;
import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.PolledUpstream;
import dev.stacked.runtime.testkit.RawClient;
import dev.stacked.runtime.testkit.ResponseHead;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a stream leaves behind on a connection that lives on. */
final class LeftoversIT {
    private static final int STREAMS = 300;
    private static final int HTTP1_REQUESTS = 1000;
    /** Streams cancelled one after the other; docs/attack-suite.md has the figures for 20,000. */
    private static final int CANCELLED = Integer.getInteger("leftovers.streams", STREAMS);

    private static final Pattern HISTOGRAM_ROW = Pattern.compile(
            "^ *\\d+: +(\\d+) +\\d+ +(\\S*\\.(?:ClientStream|SocketWriter|StackReader|Http2Stream|HttpServerExchange"
                    + "|AnswerTimeLimit\\$Answer|SnapshotAnswer|RequestBody|StreamAdmission\\$Permit|AuthorizedRequest))(?!\\S)",
            Pattern.MULTILINE);

    private final PolledUpstream polled = new PolledUpstream(PolledUpstream.SETTINGS);
    private final StreamAdmission admission = new StreamAdmission(StreamLimits.of(1000), new Random(1), () -> 0);
    /** Exchanges and framings. A framing is reachable while its {@link ClientStream} or one of its readers is. */
    private final Queue<WeakReference<Object>> seen = new ConcurrentLinkedQueue<>();

    private final AccessFilter filter = new AccessFilter(
            StreamAuthorizer.OPEN,
            admission,
            new ClientAddresses(List.of()),
            Clock.fixed(ManualTime.START, ZoneOffset.UTC));

    private final TestServer server = new TestServer(remembering(new Routes(Map.of(
            "/streams/{id}",
            streams(),
            "/refresh/{id}",
            new RefreshHandler(polled.registry(), filter, OriginPolicy.ownOnly()),
            "/files",
            exchange -> exchange.getResponseSender().send("x".repeat(1 << 16))))));

    private StreamHandler streams() {
        LineTransport lines = new LineTransport();
        StreamTransport transport = new StreamTransport() {
            @Override
            public String name() {
                return lines.name();
            }

            @Override
            public Framing framing(HttpServerExchange exchange) {
                Framing framing = lines.framing(exchange);
                seen.add(new WeakReference<>(framing));
                return framing;
            }

            @Override
            public void answerHead(HttpServerExchange exchange) {
                lines.answerHead(exchange);
            }
        };
        return new StreamHandler(polled.registry(), filter, Patience.LIMIT, OriginPolicy.ownOnly(), transport);
    }

    private HttpHandler remembering(HttpHandler handler) {
        return exchange -> {
            seen.add(new WeakReference<>(exchange));
            handler.handleRequest(exchange);
        };
    }

    @AfterEach
    void stop() {
        polled.registry().close();
        server.close();
        polled.close();
    }

    private Http2Client connect(int window) {
        polled.stage();
        return new Http2Client(server.port(), window, 0, Patience.LIMIT);
    }

    private void awaitNothingLeft() {
        Patience.await("no open stream", () -> admission.openStreams() == 0);
        Patience.await("the collection of what is over", () -> {
            System.gc();
            return seen.stream().allMatch(reference -> reference.refersTo(null));
        });
    }

    /** Reachable instances of each class of ours that belongs to a stream, and of exchanges. */
    private static SortedMap<String, Long> reachable() throws JMException {
        Object histogram = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        SortedMap<String, Long> instances = new TreeMap<>();
        Matcher row = HISTOGRAM_ROW.matcher((String) histogram);
        while (row.find()) {
            instances.put(row.group(2), Long.valueOf(row.group(1)));
        }
        return instances;
    }

    @Test
    void streamsThatTheirClientResetsLeaveNothing() throws JMException {
        try (Http2Client client = connect(Http2Client.WIDE)) {
            for (int i = 0; i < CANCELLED; i++) {
                int stream = client.get("/streams/checkout");
                assertEquals(200, client.status(stream));
                client.reset(stream);
            }
            int last = client.get("/streams/checkout");
            assertEquals(200, client.status(last));
            System.out.println("One stream open after " + CANCELLED + " were cancelled: " + reachable());
            client.reset(last);
            client.roundTrip();

            awaitNothingLeft();

            System.out.println("No stream open: " + reachable());
            assertEquals(Map.of(), reachable());
            assertEquals(2 * (CANCELLED + 1), seen.size());
            client.roundTrip();
        }
    }

    @Test
    void streamsThatAreResetWhileTheyWaitForTheirWindowLeaveNothing() {
        try (Http2Client client = connect(100)) {
            polled.stage().with("padding", JsonNodeFactory.instance.stringNode("x".repeat(1 << 16)));
            for (int i = 0; i < STREAMS; i++) {
                int stream = client.get("/streams/checkout");
                assertEquals(200, client.status(stream));
                client.reset(stream);
            }
            client.roundTrip();

            awaitNothingLeft();
            client.roundTrip();

            Patience.await("the buffers", () -> server.connections().heldBytes() <= 2 * 16 * 1024);
        }
    }

    @Test
    void streamsThatAreResetBeforeTheyOpenLeaveNothing() {
        try (Http2Client client = connect(Http2Client.WIDE)) {
            for (int i = 0; i < STREAMS; i++) {
                client.reset(client.get("/streams/checkout"));
            }
            client.roundTrip();

            awaitNothingLeft();
            client.roundTrip();
        }
    }

    @Test
    void streamsThatTheServerEndsLeaveNothing() {
        try (Http2Client client = connect(Http2Client.WIDE)) {
            int last = 0;
            for (int i = 0; i < STREAMS; i++) {
                last = client.get("/streams/checkout");
                assertEquals(200, client.status(last));
            }
            polled.registry().close();
            assertEquals(
                    "bye DRAINING",
                    client.rest(last)
                            .strip()
                            .lines()
                            .reduce((first, next) -> next)
                            .orElse(""));

            awaitNothingLeft();
            client.roundTrip();
        }
    }

    /** Over HTTP/1.1 a stream has its connection to itself, so that only other requests share one. */
    @Test
    void requestsOnAnHttp1ConnectionThatStaysOpenLeaveNothing() throws JMException {
        polled.stage();
        try (RawClient client = new RawClient(server.base())) {
            for (int i = 0; i < HTTP1_REQUESTS; i += 5) {
                assertEquals(
                        200, client.request("HEAD", "/streams/checkout").head().status());
                assertEquals(
                        204,
                        client.request("OPTIONS", "/streams/checkout").head().status());
                assertAnswered(client, 202, "POST", "/refresh/checkout");
                assertAnswered(client, 404, "GET", "/nothing");
                assertAnswered(client, 200, "GET", "/files");
            }

            awaitNothingLeft();

            assertEquals(Map.of(), reachable());
            assertEquals(HTTP1_REQUESTS, seen.size());
            assertAnswered(client, 200, "GET", "/files");
        }
    }

    private static void assertAnswered(RawClient client, int status, String method, String target) {
        ResponseHead head = client.request(method, target).head();
        assertEquals(status, head.status());
        client.body(head);
    }

    @Test
    void streamsOfClientsThatLeaveTheirHttp1ConnectionsLeaveNothing() throws JMException {
        polled.stage();
        for (int i = 0; i < STREAMS; i++) {
            try (RawClient client = server.get("/streams/checkout")) {
                assertEquals(200, client.head().status());
            }
        }

        awaitNothingLeft();

        assertEquals(Map.of(), reachable());
        assertEquals(2 * STREAMS, seen.size());
    }
}
