package dev.stacked.runtime.app.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.app.RunningApp;
import dev.stacked.runtime.app.RuntimeApp;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages whose own name resolves to a loopback address. */
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
}
