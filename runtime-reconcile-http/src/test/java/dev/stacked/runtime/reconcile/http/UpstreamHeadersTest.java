package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamHeadersTest {
    @Test
    void linesAreHeaders() {
        UpstreamHeaders headers =
                UpstreamHeaders.parse(List.of("# for the upstream", "Authorization: Bearer a:b=", "", "x-b:\tc d "));

        assertEquals("authorization: Bearer a:b=\r\nx-b: c d\r\n", text(headers.forUpstream()));
    }

    @Test
    void headersForTheProxyDoNotReachTheUpstream() {
        UpstreamHeaders headers = UpstreamHeaders.parse(List.of("Proxy-Authorization: Basic a", "X-B: c"));

        assertEquals("x-b: c\r\n", text(headers.forUpstream()));
        assertEquals("proxy-authorization: Basic a\r\n", text(headers.forProxy()));
        assertEquals("proxy-authorization: Basic a\r\nx-b: c\r\n", text(headers.forAll()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secret | line 2 must be of the form 'Name: value'",
                ": secret | line 2 must be of the form 'Name: value'",
                "a secret: b | line 2 must begin with the name of a header and a colon",
                "X-Secret: | line 2 must have a value of printable Latin-1 characters",
                "x: sec\u0007ret | line 2 must have a value of printable Latin-1 characters",
                "x: secret\u20AC | line 2 must have a value of printable Latin-1 characters",
                "a: secret | line 2 must not repeat a header"
            })
    void invalidLinesAreNamedByNumberAndNotShown(String line, String message) {
        String problem = assertThrows(
                        IllegalArgumentException.class, () -> UpstreamHeaders.parse(List.of("A: 1", line)))
                .getMessage();

        assertEquals(message, problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "Content-Length", "transfer-encoding", "Connection", "Traceparent", "Upgrade"})
    void headersThatDecideWhereAMessageEndsAreRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> UpstreamHeaders.parse(List.of(name + ": x")));
    }

    @Test
    void namesAreShownAndValuesAreNot() {
        UpstreamHeaders headers = UpstreamHeaders.parse(List.of("Authorization: secret"));

        assertEquals("[authorization]", headers.toString());
        assertFalse(headers.toString().contains("secret"));
        assertEquals(headers, UpstreamHeaders.parse(List.of("authorization:secret")));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
