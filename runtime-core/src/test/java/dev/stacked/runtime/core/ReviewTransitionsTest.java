package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReviewTransitionsTest {
    private static final StageId STAGE = new StageId("s1");

    private final ReviewTransitions transitions = new ReviewTransitions();
    private char last = '-';

    /**
     * Each word is a poll: {@code document>reconcile}, where {@code p} is in-progress, {@code r} review, {@code R}
     * review with another runtime than before, {@code a} approved, {@code d} done, {@code n} not-started, {@code x} a
     * failure and {@code -} an absent stage. The expected text has a {@code !} for each poll that announces.
     */
    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "between two polls                           | p>p r>r                 | .!",
                "inside the first poll                       | p>r                     | !",
                "inside a later poll                         | p>p p>r r>r             | .!.",
                "a document that lags for long               | p>r p>r p>r p>r r>r r>r | !.....",
                "a document that lags after a transition     | p>p p>r p>r             | .!.",
                "already in review when first seen           | r>r r>r                 | ..",
                "a reconcile that fails meanwhile            | p>p p>x r>r             | ..!",
                "a transition that a failure hides for long  | p>p r>x r>x r>r         | ...!",
                "a stage that was never reconciled before    | p>x r>r                 | .!",
                "a document that fails meanwhile             | p>p x>x r>r             | ..!",
                "sent back and handed in again               | p>p r>r p>p r>r         | .!.!",
                "sent back and handed in between two polls   | p>p r>r p>R r>r         | .!!.",
                "a copy that lags behind and alternates      | p>r r>r p>r r>r p>r r>r | !.....",
                "sent back in an outage, handed in unchanged | p>p r>r p>x p>r r>r     | .!.!.",
                "sent back while the document lags           | p>r p>p p>r             | !.!",
                "handed in twice while the document lags     | p>r p>r p>p r>r         | !..!",
                "straight to approved                        | p>p a>a r>r             | ...",
                "straight to done                            | p>p d>x r>r             | ...",
                "back to not started                         | p>p n>x r>r             | ...",
                "vanished and back in review                 | p>p ->x r>r             | ...",
                "vanished and back in progress               | p>p ->x p>r             | ..!",
                "an unknown status in between                | p>p p>u r>r             | ...",
                "not started, then in progress, then review  | n>x p>p r>r             | ..!",
                "reconcile sees progress that no document did | r>p r>r                | .!"
            })
    void eachTransitionIsAnnouncedOnce(String name, String polls, String expected) {
        StringBuilder announced = new StringBuilder();
        for (String poll : polls.split(" ", -1)) {
            announced.append(poll(poll.charAt(0), poll.charAt(2)) ? '!' : '.');
        }

        assertEquals(expected, announced.toString(), name);
    }

    private boolean poll(char document, char reconcile) {
        if (document == '-') {
            transitions.documentRead(new StackDocument(List.of()));
        } else if (document != 'x') {
            transitions.documentRead(new StackDocument(
                    List.of(new Stage(STAGE, "One", StageRuntime.stored(status(document), null, null)))));
        }
        if (reconcile == 'x') {
            return false;
        }
        boolean changed = reconcile != last;
        last = Character.toLowerCase(reconcile);
        return transitions.reconciled(STAGE, status(reconcile), changed);
    }

    private static StageStatus status(char letter) {
        return switch (letter) {
            case 'p' -> StageStatus.IN_PROGRESS;
            case 'r', 'R' -> StageStatus.REVIEW;
            case 'a' -> StageStatus.APPROVED;
            case 'd' -> StageStatus.DONE;
            case 'n' -> StageStatus.NOT_STARTED;
            default -> new StageStatus("something-new");
        };
    }

    @Test
    void stagesAreWatchedEachForItself() {
        List<Stage> stages = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            stages.add(new Stage(new StageId("s" + i), "T", StageRuntime.stored(StageStatus.IN_PROGRESS, null, null)));
        }
        transitions.documentRead(new StackDocument(stages));

        assertEquals(true, transitions.reconciled(new StageId("s1"), StageStatus.REVIEW, true));
        assertEquals(false, transitions.reconciled(new StageId("s0"), StageStatus.IN_PROGRESS, true));
        assertEquals(true, transitions.reconciled(new StageId("s2"), StageStatus.REVIEW, true));
        assertEquals(true, transitions.reconciled(new StageId("s0"), StageStatus.REVIEW, true));
    }
}
