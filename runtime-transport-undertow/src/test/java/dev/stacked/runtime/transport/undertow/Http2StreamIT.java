package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.access.ClientAddresses;
import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.access.StreamAdmission;
import dev.stacked.runtime.access.StreamAuthorizer;
import dev.stacked.runtime.access.StreamLimits;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.testkit.ManualTime;
import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.PolledUpstream;
import dev.stacked.runtime.testkit.ScriptedCall;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** Many streams on one connection of HTTP/2: what befalls one of them befalls it alone. */
final class Http2StreamIT {
    private static final String STREAM = "/streams/checkout";
    /** The same stream, but for clients that must not stall for long. */
    private static final String IMPATIENT_STREAM = "/impatient/checkout";

    private static final int ONE_CHANGE = 1 << 16;

    private final PolledUpstream polled = new PolledUpstream(PolledUpstream.SETTINGS);
    private final StreamAdmission admission = new StreamAdmission(StreamLimits.of(100), new Random(1), () -> 0);
    private final AtomicInteger openExchanges = new AtomicInteger();
    private final AtomicBoolean ioThreadReleased = new AtomicBoolean();
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

    private Http2Client connect(int window) {
        return connect(window, 0);
    }

    private Http2Client connect(int window, int receiveBuffer) {
        Http2Client client = new Http2Client(server.port(), window, receiveBuffer, Patience.LIMIT);
        clients.add(client);
        return client;
    }

    private ScriptedStage stage() {
        return polled.stage();
    }

    /** A stream that is read up to the snapshot. */
    private int open(Http2Client client, String path) {
        stage();
        int stream = client.get(path);
        assertEquals(200, client.status(stream));
        assertEquals("hello", client.line(stream));
        assertName("snapshot", client, stream);
        return stream;
    }

    private static void assertName(String name, Http2Client client, int stream) {
        assertEquals(name, client.line(stream).split(" ", 2)[0]);
    }

    private void awaitStreams(int open) {
        Patience.await(open + " open streams", () -> admission.openStreams() == open);
        Patience.await(open + " open exchanges", () -> openExchanges.get() == open);
    }

    private void changeMuch(String letter) {
        stage().with("padding", JsonNodeFactory.instance.stringNode(letter.repeat(ONE_CHANGE)));
    }

    @Test
    void streamsOfOneConnectionAllGetTheirEvents() {
        Http2Client client = connect(Http2Client.WIDE);
        List<Integer> streams = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            streams.add(open(client, STREAM));
        }

        stage().todos(1, 1);

        streams.forEach(stream -> assertName("stage-runtime", client, stream));
    }

    /** The I/O thread is busy until all changes are published, so that one wake-up finds them together. */
    @Test
    void eventsOfOneWakeUpAreOneDataFrame() {
        List<ScriptedStage> stages = IntStream.rangeClosed(1, 8)
                .mapToObj(i -> polled.stack().stage("s" + i))
                .toList();
        Http2Client client = connect(Http2Client.WIDE);
        int stream = open(client, STREAM);
        client.roundTrip();
        int before = client.dataFrames(stream);
        Http2Client holder = connect(Http2Client.WIDE);
        holder.get("/held");
        Patience.await("the I/O thread to be busy", () -> openExchanges.get() == 2);

        stages.forEach(stage -> stage.todos(1, 1));
        int polls = polled.upstream().callCount();
        assertTrue(polled.upstream().awaitCalls(polls + 3 * (stages.size() + 1), Patience.LIMIT));
        ioThreadReleased.set(true);

        stages.forEach(stage -> assertName("stage-runtime", client, stream));
        assertEquals(before + 1, client.dataFrames(stream));
    }

    @Test
    void snapshotIsAnsweredAndTheConnectionGoesOn() {
        Http2Client client = connect(Http2Client.WIDE);
        int stayer = open(client, STREAM);

        int snapshot = client.get("/snapshots/checkout");

        assertEquals(200, client.status(snapshot));
        assertTrue(client.rest(snapshot).startsWith("{\"stackId\":\"checkout\""));
        awaitStreams(1);
        stage().todos(1, 1);
        assertName("stage-runtime", client, stayer);
    }

    @Test
    void snapshotThatItsClientResetsMeanwhileIsNotPolledFor() {
        stage();
        polled.stack().hold();
        Http2Client client = connect(Http2Client.WIDE);
        int snapshot = client.get("/snapshots/checkout");
        ScriptedCall poll = polled.upstream().awaitHeld(Patience.LIMIT).orElseThrow();

        client.reset(snapshot);

        assertTrue(poll.awaitCancelled(Patience.LIMIT));
        awaitStreams(0);
    }

    @Test
    void snapshotForWhichNoWindowIsOpenedIsResetAlone() {
        Http2Client client = connect(0);
        stage();
        client.get("/snapshots/checkout");
        assertTrue(polled.upstream().awaitCalls(2, Patience.LIMIT));

        awaitStreams(0);

        client.roundTrip();
    }

    @Test
    void streamThatItsClientResetsIsFreedAtOnceAndAlone() {
        Http2Client client = connect(Http2Client.WIDE);
        int leaver = open(client, STREAM);
        int stayer = open(client, STREAM);

        client.reset(leaver);

        awaitStreams(1);
        stage().todos(1, 1);
        assertName("stage-runtime", client, stayer);
        client.roundTrip();
        assertFalse(client.wasReset(leaver), "A reset must not be answered by a reset.");
    }

    @Test
    void lastOfTheStreamsThatIsResetEndsThePoll() {
        Http2Client client = connect(Http2Client.WIDE);
        int stream = open(client, STREAM);
        polled.stack().hold();
        ScriptedCall poll = polled.upstream().awaitHeld(Patience.LIMIT).orElseThrow();

        client.reset(stream);

        assertTrue(poll.awaitCancelled(Patience.LIMIT));
        awaitStreams(0);
    }

    @Test
    void resetBeforeTheStreamOpensEndsTheFirstPoll() {
        stage();
        polled.stack().hold();
        Http2Client client = connect(Http2Client.WIDE);
        int stream = client.get(STREAM);
        ScriptedCall poll = polled.upstream().awaitHeld(Patience.LIMIT).orElseThrow();

        client.reset(stream);

        assertTrue(poll.awaitCancelled(Patience.LIMIT));
        awaitStreams(0);
    }

    @Test
    void endOfTheConnectionEndsAllItsStreams() {
        Http2Client client = connect(Http2Client.WIDE);
        Http2Client other = connect(Http2Client.WIDE);
        open(client, STREAM);
        open(client, STREAM);
        int stayer = open(other, STREAM);

        client.close();

        awaitStreams(1);
        stage().todos(1, 1);
        assertName("stage-runtime", other, stayer);
    }

    @Test
    void streamThatEndsLeavesTheConnectionToTheOthers() {
        polled.upstream().stack("other").stage("s1");
        Http2Client client = connect(Http2Client.WIDE);
        int gone = open(client, STREAM);
        int stayer = open(client, "/streams/other");

        polled.stack().failsWith(ErrorCode.STACK_NOT_FOUND);

        assertTrue(client.rest(gone).endsWith("\"retryable\":false}\nbye STACK_GONE\n"));
        awaitStreams(1);
        polled.upstream().stack("other").stage("s1").todos(1, 1);
        assertName("stage-runtime", client, stayer);
        assertFalse(client.wasReset(gone));
    }

    @Test
    void refusalLeavesTheConnectionToTheOthers() {
        Http2Client client = connect(Http2Client.WIDE);
        int stayer = open(client, STREAM);

        int missing = client.get("/streams/missing");
        assertEquals(404, client.status(missing));
        assertTrue(client.rest(missing).contains("Stack not found."));
        int empty = client.get("/streams/%20");
        assertEquals(400, client.status(empty));

        stage().todos(1, 1);
        assertName("stage-runtime", client, stayer);
        awaitStreams(1);
    }

    @Test
    void drainingSaysItsLastWordOnEveryStream() {
        Http2Client client = connect(Http2Client.WIDE);
        int one = open(client, STREAM);
        int another = open(client, STREAM);

        polled.registry().close();

        assertEquals("bye DRAINING\n", client.rest(one));
        assertEquals("bye DRAINING\n", client.rest(another));
        awaitStreams(0);
    }

    @Test
    void streamWithoutWindowGetsNewestStateAndNoBacklogWhenItReadsAgain() {
        Http2Client slow = connect(ONE_CHANGE / 2);
        Http2Client live = connect(Http2Client.WIDE);
        int stalled = open(slow, STREAM);
        int reader = open(live, STREAM);

        for (String letter : List.of("a", "b", "c", "d")) {
            changeMuch(letter);
            assertName("stage-runtime", live, reader);
        }
        slow.roundTrip();
        assertTrue(slow.received(stalled).length() <= ONE_CHANGE / 2, "More was sent than there is window.");
        slow.grant(stalled, Http2Client.WIDE);

        assertTrue(slow.line(stalled).contains("aaaa"), "What was on its way comes first.");
        assertTrue(slow.line(stalled).contains("dddd"), "Then the newest.");
    }

    @Test
    void stalledStreamHoldsNobodyElseOnItsConnectionUp() {
        Http2Client client = connect(ONE_CHANGE / 2);
        int stalled = open(client, STREAM);
        int reader = open(client, STREAM);
        client.grant(reader, Http2Client.WIDE);

        for (String letter : List.of("a", "b", "c", "d")) {
            changeMuch(letter);
            assertTrue(client.line(reader).contains(letter.repeat(100)));
        }
        assertFalse(client.wasReset(stalled));
    }

    @Test
    void restOfAnEventFollowsAsSoonAsThereIsWindowForIt() {
        Http2Client client = connect(ONE_CHANGE);
        int stream = open(client, STREAM);
        changeMuch("x");
        client.roundTrip();

        int grants = 0;
        while (!client.received(stream).endsWith("\n")) {
            client.grant(stream, 100);
            client.roundTrip();
            grants++;
        }

        assertTrue(grants > 1, "The window was too wide for this test.");
        assertName("stage-runtime", client, stream);
    }

    @Test
    void streamThatTakesNothingIsCutOffAloneAfterTheWriteTimeout() {
        Http2Client client = connect(ONE_CHANGE / 2);
        int stalled = open(client, IMPATIENT_STREAM);
        int reader = open(client, STREAM);
        client.grant(reader, Http2Client.WIDE);

        changeMuch("x");

        assertName("stage-runtime", client, reader);
        assertEquals(Http2Client.CANCEL, client.resetCode(stalled));
        awaitStreams(1);
        stage().todos(1, 1);
        assertName("stage-runtime", client, reader);
    }

    @Test
    void streamThatIsResetWhileItIsStalledIsFreedAtOnce() {
        Http2Client client = connect(ONE_CHANGE / 2);
        int stalled = open(client, STREAM);
        changeMuch("x");
        client.roundTrip();

        client.reset(stalled);
        client.roundTrip();

        assertEquals(0, admission.openStreams());
        awaitStreams(0);
        assertFalse(client.wasReset(stalled), "A reset must not be answered by a reset.");
        int next = client.get(STREAM);
        client.grant(next, Http2Client.WIDE);
        assertEquals("hello", client.line(next));
        assertName("snapshot", client, next);
    }

    @Test
    void connectionThatTakesNothingIsGivenUpWithAllItsStreams() {
        Http2Client deaf = connect(Http2Client.WIDE, 4096);
        Http2Client live = connect(Http2Client.WIDE);
        open(deaf, IMPATIENT_STREAM);
        open(deaf, IMPATIENT_STREAM);
        int reader = open(live, STREAM);

        changeMuch("x");

        assertName("stage-runtime", live, reader);
        awaitStreams(1);
        stage().todos(1, 1);
        assertName("stage-runtime", live, reader);
    }

    @Test
    void hundredsOfStreamsThatAreResetAtOnceLeaveNothingBehind() {
        Http2Client client = connect(Http2Client.WIDE);
        Http2Client other = connect(Http2Client.WIDE);
        int stayer = open(other, STREAM);

        for (int i = 0; i < 500; i++) {
            client.reset(client.get(STREAM));
        }
        client.roundTrip();

        awaitStreams(1);
        stage().todos(1, 1);
        assertName("stage-runtime", other, stayer);
    }
}
