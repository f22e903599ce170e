package dev.stacked.runtime.app.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.app.RunningApp;
import dev.stacked.runtime.app.RuntimeApp;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are too large, and endless ones. */
class RequestLimitsIT {
    private static final String REQUEST = "GET /nothing HTTP/1.1\r\nHost: localhost\r\n";
    private static final String STREAM = "GET /api/stacks/checkout/runtime/stream HTTP/1.1\r\nHost: localhost\r\n";
    private static final int DRIP_MILLIS = 100;

    private static final RunningApp APP = RuntimeApp.run(new String[] {"--port=0", "--admin-port=off", "--demo"});

    @AfterAll
    static void stop() {
        APP.close();
    }

    static Stream<String> tooLarge() {
        return Stream.of(
                "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /?" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /?" + many(2_000, "p%d=1&") + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /api/stacks/" + "%41".repeat(20_000) + "/runtime/stream HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "G" + "E".repeat(20_000) + "T / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                REQUEST + "X: " + "a".repeat(20_000) + "\r\n\r\n",
                REQUEST + "X".repeat(20_000) + ": a\r\n\r\n",
                REQUEST + "X: a\r\n" + " a\r\n".repeat(10_000) + "\r\n",
                REQUEST + "X: a\r\n".repeat(200) + "\r\n",
                REQUEST + many(200, "X-%d: a\r\n") + "\r\n",
                REQUEST + "Cookie: " + many(4_000, "c%d=1; ") + "\r\n\r\n");
    }

    private static String many(int count, String format) {
        return IntStream.range(0, count).mapToObj(format::formatted).collect(Collectors.joining());
    }

    @ParameterizedTest
    @MethodSource("tooLarge")
    void whatIsTooLargeIsRefusedAndEndsTheConnection(String request) throws Exception {
        try (RawConnection connection = new RawConnection(APP.port())) {
            String answers = connection.send(request).rest();

            assertTrue(answers.isEmpty() || answers.startsWith("HTTP/1.1 400 "), answers);
            assertTrue(RawConnection.count(answers) <= 1, answers);
        }
        assertServes();
    }

    /** The only test that waits for the limit of 10 s, for all ways at once. */
    @Test
    void whatDripsIsCutOffWhileOthersAreServed() throws Exception {
        try (RawConnection silent = new RawConnection(APP.port());
                RawConnection requestLine = new RawConnection(APP.port());
                RawConnection headers = new RawConnection(APP.port());
                RawConnection body = new RawConnection(APP.port());
                RawConnection streamBody = new RawConnection(APP.port())) {
            silent.send(REQUEST);
            requestLine.send("GET /");
            headers.send(REQUEST + "X: ");
            body.send(REQUEST + "Content-Length: 1000000\r\n\r\n");
            streamBody.send(STREAM + "Content-Length: 1000000\r\n\r\n");
            assertServes();
            dripUntilCutOff(requestLine, headers, body, streamBody);
            assertEquals("", silent.rest());
        }
        assertServes();
    }

    private static void dripUntilCutOff(RawConnection... connections) throws IOException {
        for (RawConnection connection : connections) {
            connection.socket().setSoTimeout(DRIP_MILLIS);
        }
        int drips = RawConnection.PATIENCE_MILLIS / DRIP_MILLIS;
        for (int open = connections.length; open > 0; drips--) {
            assertTrue(drips > 0, "Some may drip for ever.");
            open = 0;
            for (RawConnection connection : connections) {
                open += isOpenAfterAnotherByte(connection) ? 1 : 0;
            }
        }
    }

    /** A read with a timeout paces the bytes, and detects the end. */
    private static boolean isOpenAfterAnotherByte(RawConnection connection) throws IOException {
        try {
            connection.send("a");
            while (connection.socket().getInputStream().read() >= 0) {}
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (SocketException reset) {
            return false;
        }
    }

    private static void assertServes() throws IOException {
        try (RawConnection connection = new RawConnection(APP.port())) {
            String head = connection.send(REQUEST + "\r\n").readUntil("\r\n\r\n");

            assertTrue(head.startsWith("HTTP/1.1 404 "), head);
        }
    }
}
