package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {
    private static final int QUOTES = 2;

    @ParameterizedTest
    @ValueSource(strings = {"\"v1\"", "W/\"v1\"", "\"\"", "\"!#~,[]{}W/*\"", "\"\\\""})
    void aTagIsKeptAsItCame(String value) {
        assertEquals(Optional.of(new EntityTag(value)), of(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "v1",
                "\"v1",
                "v1\"",
                "w/\"v1\"",
                "W/ \"v1\"",
                "\"a\"b\"",
                "\"a\", \"b\"",
                "\"a b\"",
                "\"a\tb\"",
                "\"a\r\nX: y\"",
                "\"a\u0000\"",
                "\"a\u007F\"",
                "\"\u00E9\""
            })
    void whatIsNoTagIsIgnored(String value) {
        assertEquals(Optional.empty(), of(value));
    }

    @Test
    void aTagThatIsTooLongIsIgnored() {
        String longest = "\"" + "x".repeat(EntityTag.MAX_LENGTH - QUOTES) + "\"";
        String tooLong = "\"" + "x".repeat(EntityTag.MAX_LENGTH - QUOTES + 1) + "\"";

        assertEquals(Optional.of(new EntityTag(longest)), of(longest));
        assertEquals(Optional.empty(), of(tooLong));
    }

    @Test
    void noneAndTwoAreNone() {
        assertEquals(Optional.empty(), of());
        assertEquals(Optional.empty(), of("\"v1\"", "\"v2\""));
    }

    private static Optional<EntityTag> of(String... values) {
        return EntityTag.of(List.of(values));
    }
}
