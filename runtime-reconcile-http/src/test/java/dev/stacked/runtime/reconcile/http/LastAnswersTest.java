package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LastAnswersTest {
    private static final int MAX_COUNT = 100;
    private static final int LARGEST = 1024 * 1024;

    private final LastAnswers<Integer, String> answers = new LastAnswers<>(MAX_COUNT, LARGEST);

    @Test
    void keepsTheLastOfEachKey() {
        LastAnswer<String> first = answer(1);
        LastAnswer<String> second = answer(1);
        answers.keep(1, answer(1));
        answers.keep(1, first);
        answers.keep(2, second);

        assertSame(first, answers.of(1));
        assertSame(second, answers.of(2));
        assertNull(answers.of(3));
    }

    @Test
    void whatWasAskedForLongestAgoGoesFirstWhenThereAreTooMany() {
        IntStream.rangeClosed(1, MAX_COUNT).forEach(key -> answers.keep(key, answer(1)));
        assertNotNull(answers.of(1));

        answers.keep(0, answer(1));

        assertNull(answers.of(2));
        assertEquals(MAX_COUNT, kept(MAX_COUNT).size());
    }

    @Test
    void whatWasAskedForLongestAgoGoesFirstWhenAllAreTooLarge() {
        answers.keep(1, answer(LARGEST / 2));
        answers.keep(2, answer(LARGEST / 4));
        answers.keep(3, answer(LARGEST / 4));
        assertEquals(List.of(1, 2, 3), kept(3));
        answers.of(1);

        answers.keep(4, answer(LARGEST / 4 + 1));

        assertEquals(List.of(1, 4), kept(4));
    }

    @Test
    void whatIsReplacedTakesNoRoom() {
        for (int i = 0; i < 10; i++) {
            answers.keep(1, answer(LARGEST / 2));
        }
        answers.keep(2, answer(LARGEST / 2));

        assertEquals(List.of(1, 2), kept(2));
    }

    @Test
    void whatIsTooLargeAloneIsNotKept() {
        answers.keep(1, answer(LARGEST + 1));
        answers.keep(2, answer(LARGEST));

        assertEquals(List.of(2), kept(2));
    }

    private List<Integer> kept(int highest) {
        return IntStream.rangeClosed(0, highest)
                .filter(key -> answers.of(key) != null)
                .boxed()
                .toList();
    }

    private static LastAnswer<String> answer(int bytes) {
        return new LastAnswer<>("value", new byte[bytes], null);
    }
}
