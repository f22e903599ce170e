package dev.stacked.runtime.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class LogTextTest {
    @Test
    void printableTextStaysAsItIs() {
        assertEquals("'https://büro.example:8443 ✓'", LogText.quoted("https://büro.example:8443 ✓"));
    }

    @Test
    void charactersThatCouldForgeALineAreReplaced() {
        assertEquals("a??b?c?d", LogText.of("a\r\nb\u2028c\u202ed"));
        assertEquals("?[31m", LogText.of("\u001b[31m"));
        assertEquals("?", LogText.of("\ud800"));
    }

    @Test
    void longTextIsCut() {
        assertEquals("x".repeat(100), LogText.of("x".repeat(100)));
        assertEquals("x".repeat(100) + "…", LogText.of("x".repeat(10_000)));
    }
}
