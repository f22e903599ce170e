package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.seeded.Draw;
import dev.stacked.runtime.seeded.SeededTest;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IdsTest {
    private static final String ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "../..", " a b", "?#%", "é", "🚀", "\"", "{id}", "a\u2028b", "\u00a0x"})
    void freeTextIsAnId(String text) {
        assertEquals(text, new StageId(text).value());
        assertEquals(text.strip(), new StackId(text).value());
    }

    @Test
    void whiteSpaceAroundAStackIdIsRemovedAndAroundAStageIdIsNot() {
        assertEquals(new StackId("a b"), new StackId(" \t a b\n"));
        assertEquals(" a ", new StageId(" a ").value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", "\u3000"})
    void blankIsNoId(String text) {
        assertEquals("Stack id is required.", messageOf(() -> new StackId(text)));
        assertEquals("Stage id is required.", messageOf(() -> new StageId(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\u0000b", "a\u007fb", "a\u0085b", "a\u001b"})
    void controlCharactersAreRefusedByTheirName(String text) {
        String hex = "U+%04X".formatted((int) text.charAt(1));

        assertTrue(messageOf(() -> new StackId(text)).contains(hex));
        assertTrue(messageOf(() -> new StageId(text)).contains(hex));
    }

    @Test
    void halfACharacterIsRefused() {
        assertTrue(messageOf(() -> new StackId("a\ud83d")).contains("U+D83D"));
    }

    @Test
    void lengthIsCountedInCharactersAsPeopleCountThem() {
        assertEquals(400, new StackId("🚀".repeat(200)).value().length());
        assertEquals(
                "Stack id is 201 characters long; at most 200 are allowed.",
                messageOf(() -> new StackId("🚀".repeat(201))));
        assertEquals(200, new StackId(" ".repeat(500) + "x".repeat(200)).value().length());
    }

    @SeededTest
    void eventIdIsReadAsItIsWritten(Random random) {
        String epoch = Draw.textOf(random, ALPHANUMERIC, 1, 40);
        long number = Draw.between(random, 0, 999_999_999_999_999_999L);
        EventId id = new EventId(epoch, number);

        assertEquals(Optional.of(id), EventId.parse(id.toString()));
        assertTrue(id.toString().matches("[A-Za-z0-9-]{1,64}"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "a",
                "-",
                "a-",
                "-1",
                "a--1",
                "a-1-1",
                "a-1.0",
                "a-0x1",
                "a-+1",
                "é-1",
                "a b-1",
                "a-1\nb-2",
                "a-1234567890123456789",
                "a-٣",
                "a_b-1"
            })
    void malformedEventIdIsNone(String text) {
        assertEquals(Optional.empty(), EventId.parse(text));
    }

    @Test
    void epochIsLimited() {
        assertEquals(Optional.empty(), EventId.parse("a".repeat(41) + "-1"));
        assertTrue(messageOf(() -> new EventId("a-b", 1)).contains("a-b"));
        assertTrue(messageOf(() -> new EventId("a", -1)).contains("-1"));
    }

    private static String messageOf(org.junit.jupiter.api.function.Executable making) {
        return assertThrows(IllegalArgumentException.class, making).getMessage();
    }
}
