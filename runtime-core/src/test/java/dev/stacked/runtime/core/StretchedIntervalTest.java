package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class StretchedIntervalTest {
    private static final Duration SHORTEST = Duration.ofSeconds(2);

    private final StretchedInterval interval = new StretchedInterval(SHORTEST, Duration.ofSeconds(10));

    private long secondsAfter(boolean announced) {
        interval.changeFound(announced);
        interval.pollEnded();
        return interval.current().toSeconds();
    }

    @Test
    void announcedChangesDoubleItUpToTheMaximum() {
        assertEquals(
                List.of(4L, 8L, 10L, 10L),
                Stream.generate(() -> secondsAfter(true)).limit(4).toList());
    }

    @Test
    void oneChangeThatWasNotAnnouncedRestoresTheShortest() {
        secondsAfter(true);
        secondsAfter(true);

        assertEquals(2, secondsAfter(false));
    }

    @Test
    void pollThatFindsBothHasMissedAnAnnouncement() {
        secondsAfter(true);
        interval.changeFound(false);

        assertEquals(2, secondsAfter(true));
    }

    @Test
    void pollThatFindsNothingProvesNothing() {
        secondsAfter(true);
        interval.pollEnded();

        assertEquals(Duration.ofSeconds(4), interval.current());
    }

    @Test
    void maximumBelowTheShortestSwitchesItOff() {
        StretchedInterval off = new StretchedInterval(SHORTEST, Duration.ofSeconds(1));
        off.changeFound(true);
        off.pollEnded();

        assertEquals(SHORTEST, off.current());
    }
}
