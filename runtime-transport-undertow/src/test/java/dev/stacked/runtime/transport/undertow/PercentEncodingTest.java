package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PercentEncodingTest {
    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "plain, plain",
        "a%20b, a b",
        "a+b, a+b",
        "a%2fb%2F, a/b/",
        "%252F, %2F",
        "%C3%BC, ü",
        "%F0%9F%9A%80, 🚀"
    })
    void decodesOnce(String encoded, String decoded) {
        assertEquals(decoded, PercentEncoding.decode(encoded));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%", "%2", "%%", "%2%", "%G0", "%0G", "%-1", "%+1", "% 1", "%u0041", "%１２"})
    void incompleteEscapeIsRefused(String encoded) {
        assertRefused("Stack id holds an incomplete percent escape.", encoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%FF", "%C3", "a%C3b", "%C0%AF", "%E0%80%AF", "%ED%A0%80", "%F5%80%80%80", "%80"})
    void whatIsNoUtf8IsRefused(String encoded) {
        assertRefused("Stack id is not valid UTF-8.", encoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ü", "\u00c3\u00bc", "🚀", "\ud83d", "１"})
    void whatShouldHaveBeenEscapedIsRefused(String encoded) {
        assertRefused("Stack id holds characters that must be percent-encoded.", encoded);
    }

    private static void assertRefused(String message, String encoded) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> PercentEncoding.decode(encoded));
        assertEquals(message, refusal.getMessage());
    }
}
