package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.RawClient;
import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests with a body, which no route reads. */
final class RequestBodyIT {
    private static final String NEXT = "GET /here HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static Routes routes(Duration bodyLimit) {
        return new Routes(
                Map.of(
                        "/here",
                        exchange -> exchange.getResponseSender().send("hello"),
                        "/empty",
                        HttpServerExchange::endExchange),
                bodyLimit,
                () -> 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 3\r\n\r\nabc",
                "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                "Transfer-Encoding: Chunked\r\n\r\n0;a=b\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n"
            })
    void aRequestWithABodyIsTheLastOfItsConnection(String rest) {
        String answers = answers("POST /here HTTP/1.1\r\nHost: localhost\r\n" + rest + NEXT);

        assertTrue(answers.startsWith("HTTP/1.1 200 "), answers);
        assertEquals(1, count(answers), answers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /here HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n",
                "POST /here HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
                "POST /here HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: identity\r\n\r\n",
                "POST /here HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n"
            })
    void anEncodingThatNotEverybodyReadsAlikeIsRefused(String head) {
        String answers = answers(head + "0\r\n\r\n" + NEXT);

        assertTrue(answers.startsWith("HTTP/1."), answers);
        assertTrue(answers.contains(" 400 Bad Request\r\n"), answers);
        assertTrue(answers.contains("{\"error\":{\"code\":\"invalid-input\","), answers);
        assertEquals(1, count(answers), answers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 3\r\n\r\nabc",
                "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n"
            })
    void anAnswerWithoutContentComesTooAfterABody(String rest) {
        String answers = answers("POST /empty HTTP/1.1\r\nHost: localhost\r\n" + rest);

        assertTrue(answers.startsWith("HTTP/1.1 200 "), answers);
        assertTrue(answers.contains("Connection: close\r\n"), answers);
        assertEquals(1, count(answers), answers);
    }

    @Test
    void aBodyInPiecesIsWaitedFor() {
        try (TestServer server = new TestServer(routes(Patience.LIMIT));
                RawClient client = new RawClient(server.base())) {
            client.send("POST /here HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na");
            client.send("bc\r\n");
            client.send("0\r\n\r\n");

            assertTrue(client.rest().endsWith("hello"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/here", "/empty", "/nowhere"})
    void aBodyInChunksThatIsTooLargeIsRefusedAndReadToItsEnd(String path) {
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        String answers = answers("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunk.repeat(64) + "0\r\n\r\n");

        assertTrue(answers.startsWith("HTTP/1.1 413 "), answers);
        assertTrue(answers.contains("{\"error\":{\"code\":\"content-too-large\","), answers);
        assertEquals(1, count(answers), answers);
    }

    @Test
    void aBodyThatIsAnnouncedTooLargeIsRefusedAndReadToItsEnd() {
        int length = 4 << 20;
        String answers = answers("POST /here HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n"
                + "x".repeat(length));

        assertTrue(answers.startsWith("HTTP/1.1 413 "), answers);
        assertEquals(1, count(answers), answers);
    }

    /** The first is 2 to the 64th, which is 0 to whoever counts in 64 bits. */
    @ParameterizedTest
    @ValueSource(strings = {"18446744073709551616", "18446744073709551620"})
    void aLengthThatOverflowsIsRefusedAndEndsTheConnection(String length) {
        String answers =
                answers("POST /here HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n" + NEXT);

        assertTrue(answers.startsWith("HTTP/1.1 400 "), answers);
        assertTrue(answers.contains("{\"error\":{\"code\":\"invalid-input\","), answers);
        assertEquals(1, count(answers), answers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET ", "HEAD ", "G", "GET /here HTTP/1.1\r\nHost"})
    void aRequestIsAnsweredBeforeTheNextIsComplete(String beginning) {
        try (TestServer server = new TestServer(routes(Patience.LIMIT));
                RawClient client = new RawClient(server.base())) {
            client.send(NEXT + beginning);

            assertEquals(200, client.head().status());
        }
    }

    @Test
    void anEmptyBodyIsNone() {
        String empty = "POST /here HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";

        assertEquals(2, count(answers(empty + "GET /here HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")));
    }

    @Test
    void aBodyThatDoesNotComeIsNotWaitedForLonger() {
        try (TestServer server = new TestServer(routes(Duration.ofMillis(200)));
                RawClient client = new RawClient(server.base())) {
            client.send("POST /here HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\n");

            assertEquals("", client.rest());
        }
    }

    @Test
    void neitherIsThatOfAStreamOfHttp2WhoseConnectionGoesOn() {
        try (TestServer server = new TestServer(routes(Duration.ofMillis(200)));
                Http2Client client = new Http2Client(server.port(), Http2Client.WIDE, 0, Patience.LIMIT)) {
            int post = client.postWithoutBody("/here");

            assertEquals(Http2Client.CANCEL, client.resetCode(post));
            assertEquals("hello", client.rest(client.get("/here")));
        }
    }

    private static String answers(String requests) {
        try (TestServer server = new TestServer(routes(Patience.LIMIT));
                RawClient client = new RawClient(server.base())) {
            return client.send(requests).rest();
        }
    }

    private static int count(String answers) {
        return answers.split("HTTP/1\\.", -1).length - 1;
    }
}
