package dev.stacked.runtime.seeded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A thousand draws, the tries of one test, reach the edges for any seed of a hundred. */
final class DrawTest {
    private static final int TRIES = 1000;

    @SeededTest(tries = 100)
    void numbersReachBothEndsAndStayBetweenThem(Random random) {
        Set<Long> drawn = new HashSet<>();
        LongStream.generate(() -> Draw.between(random, 3, Long.MAX_VALUE))
                .limit(TRIES)
                .forEach(drawn::add);

        assertTrue(drawn.contains(3L) && drawn.contains(Long.MAX_VALUE));
        assertTrue(drawn.stream().allMatch(value -> value >= 3));
        assertTrue(drawn.stream().anyMatch(value -> value > 3 && value < 1L << 40));
    }

    @SeededTest(tries = 100)
    void textsReachTheEdges(Random random) {
        Set<String> texts = new HashSet<>();
        Stream.generate(() -> Draw.text(random, 10)).limit(TRIES).forEach(texts::add);
        String all = String.join("", texts);

        assertTrue(texts.contains(""));
        assertTrue(texts.stream().allMatch(text -> text.codePointCount(0, text.length()) <= 10));
        assertTrue(texts.stream().anyMatch(text -> text.codePointCount(0, text.length()) == 10));
        assertTrue(all.indexOf('\0') >= 0 && all.indexOf(0xffff) >= 0 && all.indexOf(Character.MAX_CODE_POINT) >= 0);
        assertTrue(texts.stream()
                .anyMatch(text -> !StandardCharsets.UTF_8.newEncoder().canEncode(text)));
    }

    @SeededTest
    void unicodeTextHasAUtf8Form(Random random) {
        assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(Draw.unicodeText(random, 50)));
    }

    @Test
    void sameSeedDrawsTheSame() {
        assertEquals(Draw.text(new Random(7), 50), Draw.text(new Random(7), 50));
    }
}
