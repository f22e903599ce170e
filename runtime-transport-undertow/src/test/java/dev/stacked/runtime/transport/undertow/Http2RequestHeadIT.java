package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stacked.runtime.testkit.Patience;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests of HTTP/2 that are malformed, or would be if a proxy wrote them as HTTP/1.1. */
final class Http2RequestHeadIT {
    private static final int PROTOCOL_ERROR = 1;

    private static final TestServer SERVER =
            new TestServer(exchange -> exchange.getResponseSender().send("hello"));

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static Http2Client connect() {
        return new Http2Client(SERVER.port(), Http2Client.WIDE, 0, Patience.LIMIT);
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of("x", "a\rb"),
                Arguments.of("x", "a\nb"),
                Arguments.of("x", "a\r\nHost: b"),
                Arguments.of("x", "a\0b"),
                Arguments.of("x", "a\u007fb"),
                Arguments.of("host", "other.example"),
                Arguments.of("upgrade", "websocket"),
                Arguments.of("keep-alive", "timeout=5"),
                Arguments.of("proxy-connection", "keep-alive"),
                Arguments.of("content-length", "1000000000000000000"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void streamOfMalformedRequestIsResetAlone(String name, String value) {
        try (Http2Client client = connect()) {
            assertEquals(PROTOCOL_ERROR, client.resetCode(client.get("/", name, value)));
            assertEquals("hello", client.rest(client.get("/")));
        }
    }

    @Test
    void twoHostsAreRefused() {
        try (Http2Client client = connect()) {
            int stream = client.get("/", "host", "127.0.0.1", "host", "127.0.0.1");

            assertEquals(PROTOCOL_ERROR, client.resetCode(stream));
        }
    }

    @Test
    void requestThatAnnouncesABodyAndHasNoneIsRefused() {
        try (Http2Client client = connect()) {
            assertEquals(400, client.status(client.get("/", "content-length", "5")));
            assertEquals("hello", client.rest(client.get("/", "content-length", "0")));
        }
    }

    @Test
    void wellFormedRequestIsServed() {
        try (Http2Client client = connect()) {
            assertEquals("hello", client.rest(client.get("/", "host", "127.0.0.1", "x", "a\tb")));
        }
    }
}
