package dev.stacked.runtime.app.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.app.RunningApp;
import dev.stacked.runtime.app.RuntimeApp;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests whose end a proxy in front may see elsewhere than we do, followed by a request that it may not see at all.
 * At most one of the two is answered.
 */
class RequestSmugglingIT {
    private static final String STREAM = "/api/stacks/s/runtime/stream";
    private static final String SMUGGLED =
            "GET /api/stacks/smuggled/runtime/stream HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

    private static final RecordingUpstream UPSTREAM = new RecordingUpstream();
    private static final RunningApp APP = RuntimeApp.run(
            new String[] {"--port=0", "--admin-port=off", "--upstream=" + UPSTREAM.url(), "--heartbeat-interval=100ms"
            });

    @AfterAll
    static void stop() {
        APP.close();
        UPSTREAM.close();
    }

    /** Headers, and the bytes before the smuggled request, of requests that every route refuses. */
    private static final List<List<String>> NO_REQUESTS = List.of(
            List.of("Content-Length: 4\r\n" + CHUNKED, "0\r\n\r\n"),
            List.of(CHUNKED + "Content-Length: 0\r\n", "0\r\n\r\n"),
            List.of("Content-Length: 0\r\nContent-Length: 9\r\n", ""),
            List.of("Content-Length: 4\r\nContent-Length: 4\r\n", "abcd"),
            List.of("Content-Length: 4, 4\r\n", "abcd"),
            List.of("Content-Length: +4\r\n", "abcd"),
            List.of("Content-Length: -1\r\n", ""),
            List.of("Content-Length: 0x4\r\n", "abcd"),
            List.of("Content-Length: 99999999999999999999\r\n", ""),
            List.of("Content-Length:\r\n", ""),
            List.of("Content-Length : 4\r\n", "abcd"),
            List.of("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"),
            List.of("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"),
            List.of("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),
            List.of("Transfer-Encoding: identity\r\n", "0\r\n\r\n"),
            List.of("Transfer-Encoding: \u000bchunked\r\n", "0\r\n\r\n"),
            List.of("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"),
            List.of(CHUNKED + "Transfer-Encoding: identity\r\n", "0\r\n\r\n"),
            List.of(CHUNKED + CHUNKED, "0\r\n\r\n"),
            List.of("X: a\nContent-Length: 4\r\n", "abcd"),
            List.of("X: a\rContent-Length: 4\r\n", "abcd"),
            List.of("X: a\0b\r\n", ""),
            List.of("X\0: a\r\n", ""),
            List.of("X Y: a\r\n", ""),
            List.of("nonsense\r\n", ""),
            List.of(": nonsense\r\n", ""),
            List.of("Host: other\r\n", ""));

    /** The same for requests with a body, well-formed or not. */
    private static final List<List<String>> WITH_BODY = List.of(
            List.of("Content-Length: 4\r\n", "abcd"),
            List.of("Content-Length: 4\r\nExpect: 100-continue\r\n", "abcd"),
            List.of(CHUNKED, "0\r\n\r\n"),
            List.of(CHUNKED, "3\r\nabc\r\n0\r\nContent-Length: 5\r\n\r\n"),
            List.of("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n"),
            List.of("transfer-encoding: CHUNKED\r\n", "0\r\n\r\n"),
            List.of(CHUNKED, "0;a=b\r\n\r\n"),
            List.of(CHUNKED, "0;\nxx\r\n\r\n"),
            List.of(CHUNKED, "0\n\n"),
            List.of(CHUNKED, "zz\r\n\r\n"),
            List.of(CHUNKED, "-1\r\n\r\n"),
            List.of(CHUNKED, "0x1\r\na\r\n0\r\n\r\n"),
            List.of(CHUNKED, "1\r\naXX0\r\n\r\n"),
            List.of(CHUNKED, "FFFFFFFFFFFFFFFF1\r\n\r\n"));

    private static Stream<Arguments> everywhere(List<List<String>> requests) {
        return Stream.of("GET /nothing", "POST /nothing", "GET /", "HEAD " + STREAM, "GET " + STREAM, "POST " + STREAM)
                .flatMap(what -> requests.stream().map(rest -> Arguments.of(what, rest.get(0), rest.get(1))));
    }

    static Stream<Arguments> noRequests() {
        return everywhere(NO_REQUESTS);
    }

    static Stream<Arguments> withBody() {
        return everywhere(WITH_BODY);
    }

    @ParameterizedTest
    @MethodSource("noRequests")
    void whatIsNoRequestIsRefusedAndEndsTheConnection(String what, String headers, String body) throws Exception {
        String answers = answers(what + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n" + body + SMUGGLED);

        assertTrue(answers.isEmpty() || answers.startsWith("HTTP/1.1 400 "), answers);
        assertNothingSmuggled(answers);
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void aRequestWithABodyIsTheLastOfItsConnection(String what, String headers, String body) throws Exception {
        assertNothingSmuggled(answers(what + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n" + body + SMUGGLED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /nothing\r\n",
                "GET /nothing HTTP/0.9\r\n\r\n",
                "GET /nothing HTTP/1.1\nHost: localhost\n\n",
                "GET  /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /nothing  HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /not hing HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET\t/nothing HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET nothing HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "G\0T /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /nothing HTTP/2.0\r\nHost: localhost\r\n\r\n",
                "GET /nothing HTTPS/1.1\r\nHost: localhost\r\n\r\n",
                "GET /nothing HTTP/1.1\r\n\r\n",
                "GET /nothing HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET /nothing HTTP/1.1\r\nHost: localhost:0\r\n\r\n",
                "GET http://evil.example" + STREAM + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n",
                "POST /nothing HTTP/1.0\r\nConnection: keep-alive\r\n" + CHUNKED + "\r\n0\r\n\r\n"
            })
    void whatOnlySomeTakeForARequestEndsTheConnection(String request) throws Exception {
        assertNothingSmuggled(answers(request + SMUGGLED));
    }

    /** Replacing the line end by a space is one of the two options of RFC 9112. */
    @Test
    void aFoldedHeaderIsOneHeader() throws Exception {
        String answers = answers("GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "X: a\r\n Content-Length: 3\r\n\r\n" + SMUGGLED);

        assertTrue(answers.startsWith("HTTP/1.1 404 "), answers);
        assertNothingSmuggled(answers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Connection: keep-alive\r\n", "Connection: Upgrade\r\nUpgrade: h2c\r\n"})
    void whatFollowsARequestForAStreamIsNoRequest(String headers) throws Exception {
        try (RawConnection connection = new RawConnection(APP.port())) {
            connection.send("GET " + STREAM + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n" + SMUGGLED);
            String answers = connection.readUntil("event: snapshot");
            connection.send(SMUGGLED);
            answers += connection.readUntil("event: heartbeat") + connection.readUntil("event: heartbeat");

            assertTrue(answers.startsWith("HTTP/1.1 200 "), answers);
            assertNothingSmuggled(answers);
        }
    }

    @Test
    void requestsWithoutABodyMayFollowEachOther() throws Exception {
        String request = "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n";

        assertEquals(
                3,
                RawConnection.count(answers(
                        request + request + "GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")));
    }

    private static String answers(String bytes) throws Exception {
        try (RawConnection connection = new RawConnection(APP.port())) {
            return connection.send(bytes).rest();
        }
    }

    private static void assertNothingSmuggled(String answers) {
        assertTrue(RawConnection.count(answers) <= 1, answers);
        assertFalse(UPSTREAM.targets().stream().anyMatch(target -> target.contains("smuggled")), answers);
    }
}
