package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.stacked.runtime.testkit.Patience;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xnio.OptionMap;

/** HTTP/2 connections on which no stream is open. */
final class Http2IdleIT {
    private static final int IDLE_MILLIS = 300;

    private final Queue<HttpServerExchange> hanging = new ConcurrentLinkedQueue<>();
    private final TestServer server = new TestServer(
            exchange -> {
                hanging.add(exchange);
                exchange.dispatch(() -> {});
            },
            OptionMap.create(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_MILLIS),
            1,
            TestServer.LIMITS);
    private final List<Http2Client> clients = new ArrayList<>();

    private Http2Client connect() {
        Http2Client client = new Http2Client(server.port(), Http2Client.WIDE, 0, Patience.LIMIT);
        clients.add(client);
        client.roundTrip();
        return client;
    }

    @AfterEach
    void stop() {
        clients.forEach(Http2Client::close);
        server.close();
    }

    private void answer(int requests) {
        Patience.await("requests", () -> hanging.size() == requests);
        HttpServerExchange exchange = hanging.remove();
        exchange.dispatch(
                exchange.getIoThread(), () -> exchange.getResponseSender().send("late"));
    }

    private static void awaitEnd(Http2Client client) {
        assertThrows(
                UncheckedIOException.class,
                () -> Patience.await("the end", () -> {
                    client.receive();
                    return false;
                }));
    }

    /** PING, SETTINGS, and WINDOW_UPDATE of the connection. */
    @ParameterizedTest
    @CsvSource({"6, 0, 8", "4, 0, 0", "8, 1, 4"})
    void controlFramesDoNotKeepAConnectionWithoutStreamsOpen(int type, int windowBytes, int length) {
        Http2Client client = connect();

        assertThrows(
                UncheckedIOException.class,
                () -> Patience.await("the end", () -> {
                    if (windowBytes > 0) {
                        client.grant(0, windowBytes);
                    } else {
                        client.frame(type, 0, 0, length);
                    }
                    client.roundTrip();
                    return false;
                }));

        assertEquals(0, client.goAwayCode());
    }

    @Test
    void connectionWithAnOpenStreamStaysUntilTheStreamHasEnded() {
        Http2Client client = connect();
        int stream = client.get("/");
        awaitEnd(connect()); // whose time began later

        answer(1);

        assertEquals("late", client.rest(stream));
        assertEquals(0, client.goAwayCode());
        assertEquals(stream, client.goAwayStream());
    }

    @Test
    void connectionStaysWhileOneOfItsStreamsIsOpen() {
        Http2Client client = connect();
        int first = client.get("/");
        int second = client.get("/");
        answer(2);
        assertEquals("late", client.rest(first));
        awaitEnd(connect()); // whose time began later

        answer(1);

        assertEquals("late", client.rest(second));
    }
}
