package dev.stacked.runtime.app.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.app.RunningApp;
import dev.stacked.runtime.app.RuntimeApp;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids that try to escape their segment of the upstream's URL, from the client's bytes to the upstream's. */
class IdConfinementIT {
    private final RecordingUpstream upstream = new RecordingUpstream();
    private final RunningApp app =
            RuntimeApp.run(new String[] {"--port=0", "--admin-port=off", "--upstream=" + upstream.url() + "/base"});

    @AfterEach
    void stop() {
        app.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource({
        "..%2F..%2Fadmin, ..%2F..%2Fadmin",
        "%2e%2e%2f%2e%2e%2fadmin, ..%2F..%2Fadmin",
        "%252e%252e%252fadmin, %252e%252e%252fadmin",
        "..;, ..%3B",
        "..;x=y, ..%3Bx%3Dy",
        "..%5Cadmin, ..%5Cadmin",
        "%2Fadmin, %2Fadmin",
        "%2F%2Fevil.example%2Fx, %2F%2Fevil.example%2Fx",
        "http:%2F%2Fevil.example%2Fx, http%3A%2F%2Fevil.example%2Fx",
        "https%3A%2F%2Fuser%3Apassword%40evil.example, https%3A%2F%2Fuser%3Apassword%40evil.example",
        "@evil.example, %40evil.example",
        "a%3Fadmin=1, a%3Fadmin%3D1",
        "a%23x, a%23x",
        "%7BstageId%7D, %7BstageId%7D",
        "a%20HTTP%2F1.1, a%20HTTP%2F1.1",
        "%F0%9F%9A%80, %F0%9F%9A%80",
        "..., ...",
        "%EF%BC%8E%EF%BC%8E, %EF%BC%8E%EF%BC%8E"
    })
    void anIdIsOneSegmentOfTheUpstreamsPath(String sent, String segment) throws Exception {
        try (RawConnection connection = new RawConnection(app.port())) {
            connection.send(request(sent));
            String answer = connection.readUntil("event: snapshot");

            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        }
        assertEquals(
                List.of(
                        "/base/api/stacks/" + segment,
                        "/base/api/stacks/" + segment + "/stages/stage/implementation/reconcile"),
                upstream.targets().subList(0, 2));
    }

    @ParameterizedTest
    @CsvSource({
        ".., 404",
        "., 404",
        "%2e%2e, 404",
        ".%2E, 404",
        "%20..%20, 404",
        "%00, 400",
        "a%00b, 400",
        "a%0d%0aX-Injected:%20y, 400",
        "a%0aGET%20x, 400",
        "a%7F, 400",
        "a%C2%85, 400",
        "%C0%AE%C0%AE%C0%AF, 400",
        "%E0%80%AE, 400",
        "%ED%A0%80, 400",
        "%FF, 400",
        "a%2, 400",
        "%u002e, 400",
        "a\\..\\b, 400",
        "a|b, 400"
    })
    void whatIsNoIdNeverReachesTheUpstream(String sent, int status) throws Exception {
        assertRefused(request(sent), status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00c3\u00a9", "\u00ff", "\u0080", "a\u0001b", "a\tb", "a\u000bb"})
    void neitherDoRawBytes(String sent) throws Exception {
        assertRefused(request(sent), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/stacks/a/../b/runtime/stream",
                "/api/stacks/a/runtime/../../b/runtime/stream",
                "/api/stacks/a/b/runtime/stream",
                "//api/stacks/a/runtime/stream",
                "/api/stacks/a/runtime/stream/",
                "/api/./stacks/a/runtime/stream",
                "/api%2Fstacks/a/runtime/stream",
                "/API/stacks/a/runtime/stream"
            })
    void norDoesAPathThatIsNotARoute(String target) throws Exception {
        assertRefused("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 404);
    }

    private void assertRefused(String request, int status) throws Exception {
        try (RawConnection connection = new RawConnection(app.port())) {
            String answer = connection.send(request).rest();

            assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
            assertFalse(answer.contains("X-Injected"), answer);
        }
        assertEquals(List.of(), upstream.targets());
    }

    private static String request(String id) {
        return "GET /api/stacks/" + id + "/runtime/stream HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    }
}
