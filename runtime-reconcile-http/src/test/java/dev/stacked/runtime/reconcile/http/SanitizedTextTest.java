package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SanitizedTextTest {
    @Test
    void isOneLineWithoutControlCharacters() {
        assertEquals("a b c d", SanitizedText.of("  a\r\n\u0000b\t\u2028c\u001b \u0085d\n"));
    }

    @Test
    void showsWhatWouldOtherwiseHideOrReorderText() {
        assertEquals("a\uFFFDb\uFFFDc", SanitizedText.of("a\u202Eb\uD83Dc"));
    }

    @Test
    void isShort() {
        assertEquals("x".repeat(200), SanitizedText.of("x".repeat(200)));
        assertEquals("x".repeat(199) + "…", SanitizedText.of("x".repeat(100_000)));
    }

    @Test
    void isNotCutInsideACharacter() {
        assertEquals("🚀".repeat(199) + "…", SanitizedText.of("🚀".repeat(201)));
    }
}
