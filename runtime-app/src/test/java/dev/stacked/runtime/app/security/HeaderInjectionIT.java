package dev.stacked.runtime.app.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.app.RunningApp;
import dev.stacked.runtime.app.RuntimeApp;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Response heads echo nothing of a request, except allowed origins. */
class HeaderInjectionIT {
    private static final String STREAM = "/api/stacks/s/runtime/stream";
    private static final String WEB_SOCKET = "/api/stacks/s/runtime/ws";
    private static final RecordingUpstream UPSTREAM = new RecordingUpstream();
    private static final RunningApp APP = RuntimeApp.run(new String[] {
        "--port=0",
        "--allowed-host=marker,marker.example",
        "--admin-port=off",
        "--upstream=" + UPSTREAM.url(),
        "--allowed-origin=https://good.example"
    });

    @AfterAll
    static void stop() {
        APP.close();
        UPSTREAM.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Last-Event-ID: marker",
                "Last-Event-ID: marker%0d%0aX-Injected: y",
                "Last-Event-ID: marker\u0085X-Injected: y",
                "Last-Event-ID: \u00e5\u0098\u008a\u00e5\u0098\u008dX-Injected: marker",
                "Last-Event-ID: marker-99999999999999999999999999",
                "Origin: https://marker.example",
                "Origin: marker",
                "X-Forwarded-Host: marker",
                "X-Forwarded-Proto: marker",
                "Forwarded: host=marker",
                "Access-Control-Request-Headers: marker",
                "X-Request-Id: marker",
                "Cookie: marker=marker"
            })
    void nothingOfTheRequestIsInTheHeadOfItsAnswer(String header) throws Exception {
        assertHarmless(head("GET", STREAM, "localhost", header + "\r\n"), 200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "marker",
                "%0d%0aX-Injected:%20marker",
                "marker%0aX-Injected:%20y",
                "%E5%98%8A%E5%98%8DX-Injected:%20marker",
                "%00marker",
                "marker&lastEventId=marker"
            })
    void norIsTheLastIdInTheAddress(String id) throws Exception {
        assertHarmless(head("GET", STREAM + "?lastEventId=" + id, "localhost", ""), 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"marker", "marker:8080", "marker.example"})
    void norIsTheHost(String host) throws Exception {
        assertHarmless(head("GET", STREAM, host, ""), 200);
        assertHarmless(head("GET", "/marker%0d%0aX-Injected:%20y", host, ""), 404);
    }

    @Test
    void norIsAHostThatIsNotAllowed() throws Exception {
        assertHarmless(head("GET", STREAM, "marker%0d%0aX-Injected", ""), 421);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://good.example", "https://GOOD.example"})
    void aListedOriginMayRead(String origin) throws Exception {
        String head = head("GET", STREAM, "localhost", "Origin: " + origin + "\r\n");

        assertTrue(head.contains("\r\nAccess-Control-Allow-Origin: " + origin + "\r\n"), head);
        assertStatus(101, head("GET", WEB_SOCKET, "localhost", "Origin: " + origin + "\r\n" + RawConnection.UPGRADE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "https://good.example.evil.example",
                "https://evilgood.example",
                "https://good.example:444",
                "https://good.example/",
                "https://good.example, https://evil.example",
                "https://evil.example https://good.example",
                "https://good.example@evil.example",
                "http://good.example",
                "null",
                "*",
                "file://",
                ""
            })
    void noOtherDoes(String origin) throws Exception {
        String header = "Origin: " + origin + "\r\n";

        assertFalse(head("GET", STREAM, "localhost", header).contains("Access-Control-"));
        assertFalse(head("OPTIONS", STREAM, "localhost", header + "Access-Control-Request-Method: GET\r\n")
                .contains("Access-Control-"));
        assertStatus(403, head("GET", WEB_SOCKET, "localhost", header + RawConnection.UPGRADE));
    }

    @Test
    void twoOriginsAreNone() throws Exception {
        String both = "Origin: https://good.example\r\nOrigin: https://evil.example\r\n";

        assertFalse(head("GET", STREAM, "localhost", both).contains("evil"));
        assertStatus(
                403,
                head(
                        "GET",
                        WEB_SOCKET,
                        "localhost",
                        "Origin: https://evil.example\r\n" + both + RawConnection.UPGRADE));
    }

    private static void assertHarmless(String head, int status) {
        assertStatus(status, head);
        assertFalse(head.toLowerCase(Locale.ROOT).contains("marker"), head);
        assertFalse(head.contains("X-Injected"), head);
        assertEquals(1, RawConnection.count(head), head);
    }

    private static void assertStatus(int status, String head) {
        assertTrue(head.startsWith("HTTP/1.1 " + status + " "), head);
    }

    private static String head(String method, String target, String host, String headers) throws Exception {
        try (RawConnection connection = new RawConnection(APP.port())) {
            return connection
                    .send(method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "\r\n")
                    .readUntil("\r\n\r\n");
        }
    }
}
