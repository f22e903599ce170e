package dev.stacked.runtime.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OriginPolicyTest {
    private static final String LISTED = "https://board.example:8443";

    private final OriginPolicy origins = new OriginPolicy(List.of(LISTED, "http://LOCALHOST:3000"));

    @ParameterizedTest
    @ValueSource(strings = {LISTED, "HTTPS://Board.Example:8443", "http://localhost:3000"})
    void listedOriginIsAllowedWhateverTheHost(String origin) {
        assertTrue(origins.lists(origin));
        assertTrue(origins.allows(origin, "runtime.example"));
        assertTrue(origins.allows(origin, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example", "https://board.example", "http://board.example:8443", "null", "", "*"})
    void otherOriginIsNotListed(String origin) {
        assertFalse(origins.lists(origin));
    }

    @Test
    void requestWithoutOriginIsAllowed() {
        assertTrue(origins.allows(null, "runtime.example"));
        assertTrue(origins.allows(null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "http://runtime.example, runtime.example",
        "https://runtime.example, runtime.example",
        "http://Runtime.Example:8080, runtime.example:8080",
        "http://[::1]:8080, [::1]:8080"
    })
    void ownOriginIsAllowedWhateverTheScheme(String origin, String host) {
        assertTrue(origins.allows(origin, host));
        assertTrue(OriginPolicy.ownOnly().allows(origin, host));
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example, runtime.example",
        "http://runtime.example:81, runtime.example",
        "http://runtime.example.evil.example, runtime.example",
        "http://evil.example/runtime.example, runtime.example",
        "http://evilruntime.example, runtime.example",
        "runtime.example, runtime.example",
        "://, ''",
        "null, runtime.example",
        "null, null",
        "'', runtime.example",
        "*, runtime.example"
    })
    void foreignOriginIsNotAllowed(String origin, String host) {
        assertFalse(origins.allows(origin, host));
    }

    @Test
    void ownOriginIsUnknownWithoutAHost() {
        assertFalse(origins.allows("http://runtime.example", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "",
                "board.example",
                "https://",
                "https://*.example",
                "https://board.example/",
                "https://board.example/x",
                "https://board.example?x",
                "https://me@board.example",
                "ftp://board.example",
                "https://board.example\n",
                "https://a.example,https://b.example"
            })
    void whatIsNoOriginCannotBeListed(String origin) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> new OriginPolicy(List.of(LISTED, origin)));

        assertEquals(
                "An allowed origin is http(s)://host or http(s)://host:port; it is '" + origin + "'.",
                refusal.getMessage());
    }
}
