package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.access.Access;
import dev.stacked.runtime.access.ClientAddresses;
import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.access.StreamAdmission;
import dev.stacked.runtime.access.StreamAuthorizer;
import dev.stacked.runtime.access.StreamLimits;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.PolledUpstream;
import dev.stacked.runtime.testkit.RawClient;
import dev.stacked.runtime.testkit.ScriptedAccess;
import dev.stacked.runtime.testkit.ScriptedStage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a stream does for any framing: all its clients share one I/O thread. */
final class ClientStreamIT {
    private static final String STREAM = "/streams/checkout";
    /** The same stream, but for clients that must not stall for long. */
    private static final String IMPATIENT_STREAM = "/impatient/checkout";
    /** The same stream, but for those who may read it, and they may stall for as long as they like. */
    private static final String GUARDED_STREAM = "/guarded/checkout";

    private final PolledUpstream polled = new PolledUpstream(PolledUpstream.SETTINGS);
    private final ScriptedAccess access = new ScriptedAccess();
    private final StreamAdmission admission = new StreamAdmission(StreamLimits.of(100), new Random(1), () -> 0);
    private final TestServer server = new TestServer(new Routes(Map.of(
            "/streams/{id}",
            streams(Patience.LIMIT, StreamAuthorizer.OPEN),
            "/impatient/{id}",
            streams(Duration.ofMillis(500), StreamAuthorizer.OPEN),
            "/guarded/{id}",
            streams(
                    Duration.ofHours(1),
                    request -> access.answer(Access::allowed, Access::unauthenticated, Access::forbidden)))));

    private StreamHandler streams(Duration writeTimeout, StreamAuthorizer authorizer) {
        AccessFilter filter = new AccessFilter(authorizer, admission, new ClientAddresses(List.of()), access.clock());
        return new StreamHandler(polled.registry(), filter, writeTimeout, OriginPolicy.ownOnly(), new LineTransport());
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

    /** A client that has read all up to the snapshot. */
    private RawClient open() {
        return open(STREAM, 0);
    }

    /** A client that has hardly any room for what it does not read. */
    private RawClient openStalled(String stream) {
        return open(stream, 4096);
    }

    private RawClient open(String stream, int receiveBuffer) {
        stage();
        RawClient client = server.get(stream, receiveBuffer);
        assertEquals(200, client.head().status());
        assertEquals("hello", client.line());
        assertName("snapshot", client);
        return client;
    }

    /** An event begins to arrive: one that no socket takes whole has stalled its stream. */
    private static void assertBegins(String name, RawClient client) {
        assertEquals(name + " ", client.exactly(name.length() + 1));
    }

    private static void assertName(String name, RawClient client) {
        assertEquals(name, client.line().split(" ", 2)[0]);
    }

    private void awaitStreams(int open) {
        Patience.await(open + " open streams", () -> admission.openStreams() == open);
    }

    private void changeMoreThanASocketTakes() {
        stage().with("padding", JsonNodeFactory.instance.stringNode("x".repeat(1 << 16)));
    }

    @Test
    void framingMaySendBetweenEvents() {
        RawClient client = open();

        client.send("n");
        assertEquals("now 1", client.line());
        stage().todos(1, 1);
        assertName("stage-runtime", client);
        client.send("n");
        assertEquals("now 2", client.line());
    }

    @Test
    void whatFramingSendsReplacesWhatWasNotSentYet() {
        RawClient client = openStalled(STREAM);
        RawClient live = open();
        changeMoreThanASocketTakes();
        assertName("stage-runtime", live);
        assertBegins("stage-runtime", client);

        client.send("nnn");
        live.send("n");
        assertEquals("now 1", live.line()); // the one I/O thread has read what was sent before this

        client.line();
        assertEquals("now 3", client.line());
    }

    @Test
    void framingMayEndTheStream() {
        RawClient client = open();

        client.send("e");

        assertEquals("end\n", client.rest());
        awaitStreams(0);
    }

    @Test
    void framingMayCutTheConnectionOff() {
        RawClient client = open();

        client.send("c");

        assertEquals("", client.rest());
        awaitStreams(0);
    }

    @Test
    void faultOfOneFramingEndsItsStreamAlone() {
        RawClient other = open();
        RawClient faulty = open();
        RawClient another = open();
        faulty.send("fn");
        assertEquals("now 1", faulty.line());

        stage().todos(1, 1);

        assertEquals("", faulty.rest());
        assertName("stage-runtime", other);
        assertName("stage-runtime", another);
        awaitStreams(2);
    }

    @Test
    void streamSaysWhyItEnds() {
        RawClient client = open();
        polled.registry().close();
        assertEquals("bye DRAINING\n", client.rest());
    }

    @Test
    void streamSaysThatItsStackIsGoneAfterTheLastEvent() {
        RawClient client = open();

        polled.stack().failsWith(ErrorCode.STACK_NOT_FOUND);

        assertTrue(client.rest().endsWith("\"retryable\":false}\nbye STACK_GONE\n"));
        awaitStreams(0);
    }

    @Test
    void clientThatKeepsItsSideOpenIsDisconnectedSoonAfterTheEnd() {
        open();

        polled.registry().close();

        awaitStreams(0);
    }

    @Test
    void streamThatIsStalledIsNotEndedByItsFramingBeforeTheEventIsThrough() {
        RawClient client = openStalled(STREAM);
        RawClient live = open();
        changeMoreThanASocketTakes();
        assertName("stage-runtime", live);
        assertBegins("stage-runtime", client);

        client.send("e");
        live.send("n");
        assertEquals("now 1", live.line());

        client.line();
        assertEquals("end\n", client.rest());
    }

    @Test
    void stalledClientIsCutOffAfterTheWriteTimeoutAndPollingEnds() {
        openStalled(IMPATIENT_STREAM);

        changeMoreThanASocketTakes();

        awaitStreams(0);
        int calls = polled.upstream().callCount();
        assertFalse(polled.upstream().awaitCalls(calls + 2, Duration.ofMillis(100)));
    }

    @Test
    void stalledClientIsCutOffWhenItMayNotReadAnyMore() {
        access.allowsFor(Duration.ofMillis(100));
        openStalled(GUARDED_STREAM);
        RawClient live = open();
        changeMoreThanASocketTakes();
        assertName("stage-runtime", live);

        access.pass(Duration.ofMillis(100));

        awaitStreams(1);
    }
}
