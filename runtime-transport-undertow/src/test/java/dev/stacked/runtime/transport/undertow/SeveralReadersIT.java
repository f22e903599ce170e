package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.access.AccessWatch;
import dev.stacked.runtime.access.AdmissionRequest;
import dev.stacked.runtime.access.ClientAddresses;
import dev.stacked.runtime.access.StreamAdmission;
import dev.stacked.runtime.access.StreamAuthorizer;
import dev.stacked.runtime.access.StreamLimits;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.testkit.ManualTime;
import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.PolledUpstream;
import dev.stacked.runtime.testkit.RawClient;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.undertow.server.HttpServerExchange;
import java.net.InetAddress;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client's stream that reads two stacks. */
final class SeveralReadersIT {
    private final PolledUpstream polled = new PolledUpstream(PolledUpstream.SETTINGS);
    private final StreamAdmission admission = new StreamAdmission(StreamLimits.of(100), new Random(1), () -> 0);
    private final AccessFilter filter = new AccessFilter(
            StreamAuthorizer.OPEN,
            admission,
            new ClientAddresses(List.of()),
            Clock.fixed(ManualTime.START, ZoneOffset.UTC));
    private final WriteBatch batch = new WriteBatch(); // the server has one I/O thread
    private final TestServer server = new TestServer(this::open);

    private void open(HttpServerExchange exchange) {
        StackId checkout = new StackId("checkout");
        StreamMeters meters = new StreamMeters(new CompositeMeterRegistry(), () -> 0, "line", admission.refusals());
        ClientStream stream = new ClientStream(
                exchange,
                new LineTransport().framing(exchange),
                filter,
                admission.admit(new AdmissionRequest(checkout, null, InetAddress.getLoopbackAddress())),
                AccessWatch.NONE,
                batch,
                new TimeLimit(Patience.LIMIT, System::nanoTime),
                new StreamReport(exchange.getRequestURI(), InetAddress.getLoopbackAddress(), null, meters));
        exchange.dispatch(exchange.getIoThread(), () -> {
            stream.start();
            stream.read(polled.registry(), checkout, null);
            stream.read(polled.registry(), new StackId("payment"), null);
        });
    }

    @BeforeEach
    void addStages() {
        polled.stage();
        polled.upstream().stack("payment").stage("p1");
    }

    @AfterEach
    void stop() {
        polled.registry().close();
        server.close();
        polled.close();
    }

    private RawClient client() {
        RawClient client = server.get("/both", 0);
        assertEquals(200, client.head().status());
        assertEquals("hello", client.line());
        assertOneOfEach("snapshot", client);
        return client;
    }

    private static void assertOneOfEach(String name, RawClient client) {
        List<String> lines = List.of(client.line(), client.line());
        assertTrue(lines.stream().allMatch(line -> line.startsWith(name + " ")), lines::toString);
        assertTrue(lines.stream().anyMatch(line -> line.contains("\"stackId\":\"checkout\"")), lines::toString);
        assertTrue(lines.stream().anyMatch(line -> line.contains("\"stackId\":\"payment\"")), lines::toString);
    }

    /** The error of the first 404 comes before the last one, unless that has replaced it: errors conflate. */
    private static String lastError(RawClient client) {
        String error = client.line();
        return error.contains("\"code\":\"upstream-unavailable\"") ? client.line() : error;
    }

    private static void assertGone(String stack, String line) {
        assertTrue(line.contains("\"code\":\"stack-not-found\""), line);
        assertTrue(line.contains("\"stackId\":\"" + stack + "\""), line);
    }

    @Test
    void eventsOfAllStacksArrive() {
        RawClient client = client();

        polled.stage().todos(1, 1);
        polled.upstream().stack("payment").stage("p1").todos(2, 2);

        assertOneOfEach("stage-runtime", client);
    }

    @Test
    void streamLivesAsLongAsOneOfItsStacks() {
        RawClient client = client();

        polled.stack().failsWith(ErrorCode.STACK_NOT_FOUND);
        assertGone("checkout", lastError(client));
        polled.upstream().stack("payment").stage("p1").todos(2, 2);
        assertTrue(client.line().startsWith("stage-runtime "));

        polled.upstream().stack("payment").failsWith(ErrorCode.STACK_NOT_FOUND);
        assertTrue(client.rest().endsWith("\nbye STACK_GONE\n"));
        Patience.await("no stream to be open", () -> admission.openStreams() == 0);
    }
}
