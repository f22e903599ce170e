package dev.stacked.runtime.access.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StackPatternTest {
    private static boolean matches(String pattern, String id) {
        return StackPattern.parse(pattern).orElseThrow().matches(id);
    }

    @ParameterizedTest
    @CsvSource({
        "'',        a,      false",
        "a,         a,      true",
        "a,         ab,     false",
        "a,         A,      false",
        "*,         a/b c,  true",
        "a*,        a,      true",
        "a*,        abc,    true",
        "*a,        bca,    true",
        "*a,        ab,     false",
        "a*c,       abbc,   true",
        "a*c,       abcb,   false",
        "a*b*c,     axbxbxc,true",
        "**,        a,      true",
        "a.c,       abc,    false",
        "a?c,       abc,    false",
        "[ab],      a,      false",
        "a/*,       a/b/c,  true",
        "a/*,       a,      false",
        "*🚀,        x🚀,     true"
    })
    void starStandsForAnyTextAndAllElseForItself(String pattern, String id, boolean expected) {
        assertEquals(expected, matches(pattern, id));
    }

    @ParameterizedTest
    @CsvSource({
        "a\\*b,   a*b,  true",
        "a\\*b,   axb,  false",
        "a*b,     a*b,  true",
        "a\\\\b,  a\\b, true",
        "\\**,    *x,   true",
        "\\**,    x,    false"
    })
    void backslashMakesAStarMeanItself(String pattern, String id, boolean expected) {
        assertEquals(expected, matches(pattern, id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\", "a\\", "a\\b", "*\\", "\u0000", "a\u0000*"})
    void whatIsNoPatternAllowsNothing(String text) {
        assertTrue(StackPattern.parse(text).isEmpty());
    }

    @Test
    void manyStarsTakeNoTime() {
        String pattern = "*a".repeat(2000) + "b";
        String id = "a".repeat(200);

        assertFalse(assertTimeoutPreemptively(Duration.ofSeconds(20), () -> matches(pattern, id)));
    }
}
