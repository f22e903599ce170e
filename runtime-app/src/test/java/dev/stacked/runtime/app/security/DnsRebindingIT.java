package dev.stacked.runtime.app.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.app.RawHttp2;
import dev.stacked.runtime.app.RunningApp;
import dev.stacked.runtime.app.RuntimeApp;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages whose host name resolves to a loopback address. */
class DnsRebindingIT {
    private static final RunningApp APP =
            RuntimeApp.run(new String[] {"--demo", "--port=0", "--admin-port=0", "--allowed-host=board.example"});

    @AfterAll
    static void stop() {
        APP.close();
    }

    private static String answer(int port, String line, String host) throws Exception {
        try (RawConnection connection = new RawConnection(port)) {
            return connection
                    .send(line + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                    .rest();
        }
    }

    private static void assertRefused(int port, String line) throws Exception {
        String answer = answer(port, line, "evil.example:" + port);
        assertTrue(answer.startsWith("HTTP/1.1 421 Misdirected Request\r\n"), answer);
        assertTrue(line.startsWith("HEAD") || answer.contains("{\"error\":{\"code\":\"host-not-allowed\","), answer);
        assertEquals(1, RawConnection.count(answer), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /",
                "GET /client/index.js",
                "GET /nothing",
                "GET /api/stacks/s/runtime/stream",
                "HEAD /api/stacks/s/runtime/stream",
                "GET /api/stacks/s/runtime/ws",
                "GET /api/stacks/s/runtime",
                "POST /api/stacks/s/runtime/refresh",
                "OPTIONS /api/stacks/s/runtime/stream"
            })
    void everyRouteRefusesAForeignHost(String line) throws Exception {
        assertRefused(APP.port(), line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /metrics", "GET /pollers", "GET /health/ready"})
    void soDoesTheAdminServer(String line) throws Exception {
        assertRefused(URI.create(APP.adminUrl().orElseThrow()).getPort(), line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1:80", "[::1]", "a.localhost", "BOARD.example:8443"})
    void loopbackAndListedHostsAreServed(String host) throws Exception {
        assertTrue(answer(APP.port(), "GET /", host).startsWith("HTTP/1.1 200 "));
    }

    private static int http2Status(int port, String path, String... hosts) throws Exception {
        String[] fields = {":method", "GET", ":scheme", "http", ":path", path};
        try (RawHttp2 connection = new RawHttp2(port)) {
            return connection.status(connection.request(
                    Stream.of(fields, hosts).flatMap(Stream::of).toArray(String[]::new)));
        }
    }

    /** All ways to name the host in HTTP/2; a request with two hosts is malformed, and its stream is reset. */
    @ParameterizedTest
    @CsvSource({
        ":authority=evil.example, 421",
        ":authority=evil.example:8080, 421",
        "host=evil.example, 421",
        ":authority=evil.example host=evil.example, 421",
        ":authority=localhost host=evil.example, -1",
        ":authority=evil.example host=localhost, -1",
        ":authority=localhost, 200",
        "host=localhost, 200",
        ":authority=BOARD.example host=board.example, 200"
    })
    void http2IsHeldToTheSameHosts(String hosts, int status) throws Exception {
        assertEquals(status, http2Status(APP.port(), "/client/index.js", hosts.split("[ =]", -1)));
    }

    /** Browsers always send a host, so a request without one is not from a page. HTTP/1.1 requires one. */
    @Test
    void requestThatNamesNoHostIsServedOverHttp2Only() throws Exception {
        assertEquals(200, http2Status(APP.port(), "/client/index.js"));
        assertEquals(421, http2Status(APP.port(), "/client/index.js", ":authority", ""));
        try (RawConnection connection = new RawConnection(APP.port())) {
            String answer = connection.send("GET / HTTP/1.1\r\n\r\n").rest();
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nothing", "/api/stacks/s/runtime/stream", "/api/stacks/s/runtime"})
    void everyRouteRefusesAForeignHostOverHttp2(String path) throws Exception {
        assertEquals(421, http2Status(APP.port(), path, ":authority", "evil.example"));
    }
}
