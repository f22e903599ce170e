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
import dev.stacked.runtime.testkit.ScriptedStage;
import io.undertow.server.HttpHandler;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.node.JsonNodeFactory;

/** A server with streams over HTTP/2, and clients that go to the frame. */
abstract class Http2StreamFixture {
    static final String STREAM = "/streams/checkout";
    /** The same stream, but for clients that must not stall for long. */
    static final String IMPATIENT_STREAM = "/impatient/checkout";

    static final int ONE_CHANGE = 1 << 16;

    final PolledUpstream polled = new PolledUpstream(PolledUpstream.SETTINGS);
    final StreamAdmission admission = new StreamAdmission(StreamLimits.of(100), new Random(1), () -> 0);
    final AtomicInteger openExchanges = new AtomicInteger();
    final AtomicBoolean ioThreadReleased = new AtomicBoolean();
    private final TestServer server = new TestServer(counting(new Routes(Map.of(
            "/streams/{id}",
            streams(Patience.LIMIT),
            "/held",
            exchange -> Patience.await("the release of the I/O thread", ioThreadReleased::get),
            "/impatient/{id}",
            streams(Duration.ofMillis(500)),
            "/snapshots/{id}",
            new SnapshotHandler(polled.registry(), filter(), Duration.ofMillis(500), OriginPolicy.ownOnly())))));
    private final List<Http2Client> clients = new ArrayList<>();

    private AccessFilter filter() {
        return new AccessFilter(
                StreamAuthorizer.OPEN,
                admission,
                new ClientAddresses(List.of()),
                Clock.fixed(ManualTime.START, ZoneOffset.UTC));
    }

    private StreamHandler streams(Duration writeTimeout) {
        return new StreamHandler(
                polled.registry(), filter(), writeTimeout, OriginPolicy.ownOnly(), new LineTransport());
    }

    private HttpHandler counting(HttpHandler handler) {
        return exchange -> {
            openExchanges.incrementAndGet();
            exchange.addExchangeCompleteListener((completed, next) -> {
                openExchanges.decrementAndGet();
                next.proceed();
            });
            handler.handleRequest(exchange);
        };
    }

    @AfterEach
    void stop() {
        clients.forEach(Http2Client::close);
        polled.registry().close();
        server.close();
        polled.close();
    }

    Http2Client connect(int window) {
        return connect(window, 0);
    }

    Http2Client connect(int window, int receiveBuffer) {
        Http2Client client = new Http2Client(server.port(), window, receiveBuffer, Patience.LIMIT);
        clients.add(client);
        return client;
    }

    ScriptedStage stage() {
        return polled.stage();
    }

    /** A stream that is read up to the snapshot. */
    int open(Http2Client client, String path) {
        stage();
        int stream = client.get(path);
        assertEquals(200, client.status(stream));
        assertEquals("hello", client.line(stream));
        assertName("snapshot", client, stream);
        return stream;
    }

    static void assertName(String name, Http2Client client, int stream) {
        assertEquals(name, client.line(stream).split(" ", 2)[0]);
    }

    void awaitStreams(int open) {
        Patience.await(open + " open streams", () -> admission.openStreams() == open);
        Patience.await(open + " open exchanges", () -> openExchanges.get() == open);
    }

    void changeMuch(String letter) {
        stage().with("padding", JsonNodeFactory.instance.stringNode(letter.repeat(ONE_CHANGE)));
    }
}
