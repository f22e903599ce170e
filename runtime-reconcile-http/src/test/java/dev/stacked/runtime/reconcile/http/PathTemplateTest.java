package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {
    @Test
    void idsTakeTheirPlaces() {
        PathTemplate template = PathTemplate.parse("path", "/a/{one}/b/{two}/c", "one", "two");

        assertEquals("/a/1/b/2/c", template.expand("1", "2"));
    }

    @Test
    void anIdThatLooksLikeAVariableIsOnlyText() {
        PathTemplate template = PathTemplate.parse("path", "/{one}/{two}", "one", "two");

        assertEquals("/%7Btwo%7D/2", template.expand("{two}", "2"));
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, a%2Fb",
        "%2e%2e, %252e%252e",
        "?x#y, %3Fx%23y",
        "a b, a%20b",
        "a+b&c=d;e, a%2Bb%26c%3Dd%3Be",
        "rig odd/é, rig%20odd%2F%C3%A9",
        "ui/α 1?#%, ui%2F%CE%B1%201%3F%23%25",
        "🚀, %F0%9F%9A%80",
        "Az09-._~, Az09-._~",
        "\\..\\x, %5C..%5Cx",
        "..., ...",
    })
    void anIdIsOneSegment(String id, String segment) {
        assertEquals("/" + segment, PathTemplate.parse("path", "/{id}", "id").expand(id));
    }

    @Test
    void onlyHereAndUpAreDotSegments() {
        assertTrue(PathTemplate.isDotSegment("."));
        assertTrue(PathTemplate.isDotSegment(".."));
        assertFalse(PathTemplate.isDotSegment("..."));
        assertFalse(PathTemplate.isDotSegment(".git"));
        assertFalse(PathTemplate.isDotSegment("%2e%2e"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a/{one}",
                "/a",
                "/{one}/{one}",
                "/{one}/{two}",
                "/{two}",
                "/x{one}",
                "/{one}.json",
                "/{one}?x=1",
                "/{one}#x",
                "/{one}/a b",
                "/{one}/%zz",
                "/{one}/..",
                "/./{one}",
                "/{}/{one}"
            })
    void aTemplateThatCannotBeMeantIsRefused(String template) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> PathTemplate.parse("stackPath", template, "one"))
                .getMessage();

        assertTrue(message.startsWith("stackPath must "), message);
        assertTrue(message.endsWith("; it is '" + template + "'."), message);
    }
}
