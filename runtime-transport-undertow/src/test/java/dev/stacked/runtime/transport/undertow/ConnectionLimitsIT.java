package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.stacked.runtime.testkit.Patience;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xnio.OptionMap;

/** What one connection may use up, whatever it asks for. */
class ConnectionLimitsIT {
    private static final int NO_MORE = 1_000_000;
    private static final int CALM = 11;
    private static final int REFUSED = 7;
    private static final int FILE_BYTES = 16 * 1024;
    private static final int END_STREAM = 1;

    private final Queue<HttpServerExchange> hanging = new ConcurrentLinkedQueue<>();
    private final List<Http2Client> clients = new ArrayList<>();
    private TestServer server = serve(TestServer.LIMITS);

    private TestServer serve(ConnectionLimits limits) {
        return new TestServer(
                handler(), OptionMap.create(UndertowOptions.REQUEST_PARSE_TIMEOUT, 300), 1, limits, tls());
    }

    /** How the server speaks TLS; null if it does not. */
    @Nullable
    SSLContext tls() {
        return null;
    }

    private HttpHandler handler() {
        ByteBuffer file = ByteBuffer.allocateDirect(FILE_BYTES);
        return exchange -> {
            switch (exchange.getRequestPath()) {
                case "/file" -> exchange.getResponseSender().send(file.duplicate());
                case "/hanging" -> {
                    hanging.add(exchange);
                    exchange.dispatch(() -> {});
                }
                default -> ErrorResponse.routeNotFound().send(exchange);
            }
        };
    }

    private void restart(ConnectionLimits limits) {
        server.close();
        server = serve(limits);
    }

    private static ConnectionLimits limits(int streams, int begun, int resets, int frames, long waiting) {
        return new ConnectionLimits(
                ConnectionLimits.NONE, streams, begun, resets, frames, waiting, waiting, Duration.ofHours(1));
    }

    private Http2Client connect(int window) {
        Http2Client client = open(server.port(), window);
        clients.add(client);
        return client;
    }

    Http2Client open(int port, int window) {
        return new Http2Client(port, window, 0, Patience.LIMIT);
    }

    @AfterEach
    void stop() {
        clients.forEach(Http2Client::close);
        server.close();
    }

    private void assertSentAway(Http2Client client, ConnectionLimit limit) {
        try {
            assertEquals(CALM, client.goAwayCode());
        } catch (UncheckedIOException reset) {
            // Its own frames that nobody reads have come in the way of the farewell.
        }
        assertEquals(1, server.reached(limit));
        assertServes();
    }

    /** The server may close the connection meanwhile. */
    private static void flood(int times, Runnable frame) {
        try {
            for (int i = 0; i < times; i++) {
                frame.run();
            }
        } catch (UncheckedIOException closed) {
            // That is what it is about.
        }
    }

    private void assertServes() {
        Http2Client other = connect(Http2Client.WIDE);
        assertEquals(200, other.status(other.get("/file")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/file", "/nothing", "/hanging"})
    void clientThatResetsTooManyStreamsIsSentAway(String path) {
        restart(limits(NO_MORE, NO_MORE, 1, NO_MORE, NO_MORE * 1000L));
        Http2Client client = connect(Http2Client.WIDE);

        flood(11, () -> client.reset(client.get(path)));

        assertSentAway(client, ConnectionLimit.RESET_RATE);
    }

    @Test
    void clientThatResetsAsManyStreamsAsItMayIsServed() {
        restart(limits(NO_MORE, NO_MORE, 1, NO_MORE, NO_MORE * 1000L));
        Http2Client client = connect(Http2Client.WIDE);

        for (int i = 0; i < 10; i++) {
            client.reset(client.get("/file"));
        }

        assertEquals(200, client.status(client.get("/file")));
    }

    @Test
    void clientThatBeginsTooManyStreamsIsSentAway() {
        restart(limits(NO_MORE, 1, NO_MORE, NO_MORE, NO_MORE * 1000L));
        Http2Client client = connect(Http2Client.WIDE);

        flood(11, () -> client.get("/nothing"));

        assertSentAway(client, ConnectionLimit.STREAM_RATE);
    }

    @Test
    void streamBeyondThoseThatMayBeOpenIsRefusedAlone() {
        restart(limits(2, NO_MORE, NO_MORE, NO_MORE, NO_MORE * 1000L));
        Http2Client client = connect(Http2Client.WIDE);
        int first = client.get("/hanging");
        client.get("/hanging");

        int third = client.get("/file");

        assertEquals(REFUSED, client.resetCode(third));
        assertEquals(1, server.reached(ConnectionLimit.CONCURRENT_STREAMS));
        Patience.await("two requests", () -> hanging.size() == 2);
        HttpServerExchange one = hanging.remove();
        one.dispatch(one.getIoThread(), () -> one.getResponseSender().send("late"));
        assertEquals("late", client.rest(first));
        assertEquals(200, client.status(client.get("/file")));
    }

    /** PRIORITY, SETTINGS, PING, a type that does not exist, and DATA that is empty. */
    @ParameterizedTest
    @CsvSource({"2, 0, 1, 5", "4, 0, 0, 0", "6, 0, 0, 8", "99, 0, 0, 0", "0, 0, 1, 0"})
    void clientThatFloodsWithFramesIsSentAway(int type, int flags, int stream, int length) {
        restart(limits(NO_MORE, NO_MORE, NO_MORE, 10, NO_MORE * 1000L));
        Http2Client client = connect(Http2Client.WIDE);
        client.postWithoutBody("/hanging");

        flood(101, () -> client.frame(type, flags, stream, length));

        assertSentAway(client, ConnectionLimit.FRAME_RATE);
    }

    @Test
    void clientThatFloodsWithWindowUpdatesIsSentAway() {
        restart(limits(NO_MORE, NO_MORE, NO_MORE, 10, NO_MORE * 1000L));
        Http2Client client = connect(0);
        int stream = client.get("/file");

        flood(200, () -> client.grant(stream, 1));

        assertSentAway(client, ConnectionLimit.FRAME_RATE);
    }

    @Test
    void clientThatRaisesItsWindowsForWhatItReadsIsServed() {
        restart(limits(NO_MORE, NO_MORE, NO_MORE, 1, NO_MORE * 1000L));
        Http2Client client = connect(0);
        int stream = client.get("/file");

        while (client.received(stream).length() < FILE_BYTES) {
            client.grant(stream, 512);
            client.grant(0, 512);
            int before = client.received(stream).length();
            Patience.await("bytes", () -> {
                client.receive();
                return client.received(stream).length() > before;
            });
        }

        assertEquals(0, server.reached(ConnectionLimit.FRAME_RATE));
    }

    @Test
    void clientThatGoesOnAndOnWithTheHeadOfARequestIsSentAway() {
        Http2Client client = connect(Http2Client.WIDE);
        client.frame(FrameScanner.HEADERS, END_STREAM, 1, 0);

        flood(40, () -> client.frame(FrameScanner.CONTINUATION, 0, 1, 0));

        assertNotEquals(0, client.goAwayCode()); // Undertow's own limit may come first
        assertServes();
    }

    @Test
    void clientThatTakesTooLongForTheHeadOfARequestIsSentAway() {
        Http2Client client = connect(Http2Client.WIDE);
        client.roundTrip();

        client.beginFrame(FrameScanner.HEADERS, 100);

        assertSentAway(client, ConnectionLimit.SLOW_FRAME);
    }

    @Test
    void connectionThatIsSilentBetweenFramesStays() {
        Http2Client slow = connect(Http2Client.WIDE);
        slow.roundTrip();
        Http2Client other = connect(Http2Client.WIDE);
        other.roundTrip();
        other.beginFrame(FrameScanner.HEADERS, 100);
        assertEquals(CALM, other.goAwayCode()); // so the time is over

        assertEquals(200, slow.status(slow.get("/file")));
    }

    @Test
    void connectionForWhichMostWaitsIsClosedAndItsBuffersAreFreed() {
        restart(new ConnectionLimits(
                NO_MORE, NO_MORE, NO_MORE, NO_MORE, NO_MORE, 50 * FILE_BYTES, NO_MORE * 1000L, Duration.ofHours(1)));
        Http2Client modest = connect(0);
        int own = modest.get("/file");
        Http2Client client = connect(0);

        flood(60, () -> client.get("/file"));

        assertSentAway(client, ConnectionLimit.WAITING_BYTES);
        modest.grant(own, Http2Client.WIDE);
        assertEquals(FILE_BYTES, modest.rest(own).length());
        clients.forEach(Http2Client::close);
        Patience.await("no buffers", () -> server.connections().heldBytes() == 0);
    }

    @Test
    void connectionBeyondThoseOfAnAddressIsClosed() {
        restart(TestServer.LIMITS.withPerAddress(2));
        connect(Http2Client.WIDE).roundTrip();
        Http2Client second = connect(Http2Client.WIDE);
        second.roundTrip();

        assertThrows(UncheckedIOException.class, () -> connect(Http2Client.WIDE).roundTrip());
        assertEquals(1, server.reached(ConnectionLimit.CONNECTIONS_PER_ADDRESS));
        second.close();

        Patience.await("room for another", () -> {
            try {
                connect(Http2Client.WIDE).roundTrip();
                return true;
            } catch (UncheckedIOException full) {
                return false;
            }
        });
        clients.forEach(Http2Client::close);
        Patience.await("no address", () -> server.connections().addresses() == 0);
    }

    @Test
    void clientIsAskedToBeginNoMoreStreamsAndThoseThatAreOpenGoOn() {
        Http2Client client = connect(Http2Client.WIDE);
        int stream = client.get("/hanging");
        Patience.await("a request", () -> hanging.size() == 1);

        server.connections().goAway();

        assertEquals(0, client.goAwayCode());
        assertEquals(stream, client.goAwayStream());
        assertEquals(REFUSED, client.resetCode(client.get("/file")));
        HttpServerExchange exchange = hanging.remove();
        exchange.dispatch(
                exchange.getIoThread(), () -> exchange.getResponseSender().send("late"));
        assertEquals("late", client.rest(stream));
    }
}
