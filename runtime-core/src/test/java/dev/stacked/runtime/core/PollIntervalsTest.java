package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.seeded.Draw;
import dev.stacked.runtime.seeded.SeededTest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PollIntervalsTest {
    private static final Duration ACTIVE = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration MAX_BACK_OFF = Duration.ofSeconds(30);

    private final PollIntervals gaps = gaps("checkout", ACTIVE, IDLE);

    private static PollIntervals gaps(String stack, Duration active, Duration idle) {
        return new PollIntervals(new StackId(stack), active, idle, MAX_BACK_OFF);
    }

    @Test
    void activeAndIdleStacksHaveTheirIntervals() {
        assertEquals(ACTIVE, gaps.active());
        assertEquals(ACTIVE, gaps.after(PollRate.ACTIVE, 0));
        assertEquals(IDLE, gaps.after(PollRate.IDLE, 0));
    }

    @Test
    void idleStackIsNeverPolledMoreOftenThanAnActiveOne() {
        assertEquals(IDLE, gaps("checkout", IDLE, Duration.ofSeconds(9)).after(PollRate.IDLE, 0));
    }

    @ParameterizedTest
    @CsvSource({"1,2000,2000", "2,2000,2000", "3,3000,4000", "4,6000,8000", "5,12000,16000", "6,22500,30000"})
    void backOffDoublesAfterTheSecondFailureUpToHalfAMinuteLessUpToAQuarter(int failures, long least, long most) {
        List<Long> gapsOfManyStacks = IntStream.range(0, 1000)
                .mapToObj(i -> gaps("stack-" + i, ACTIVE, IDLE)
                        .after(PollRate.BACKING_OFF, failures)
                        .toMillis())
                .toList();

        assertTrue(gapsOfManyStacks.stream().allMatch(gap -> gap >= least && gap <= most), gapsOfManyStacks::toString);
        if (most > least) {
            double middle = (least + most) / 2.0;
            long above = gapsOfManyStacks.stream().filter(gap -> gap > middle).count();
            assertTrue(above > 300 && above < 700, above + " are above the middle");
        }
    }

    @Test
    void longOutageDoesNotRepeatTheSameGap() {
        Set<Duration> seen = new HashSet<>();
        for (int failures = 6; failures < 106; failures++) {
            seen.add(gaps.after(PollRate.BACKING_OFF, failures));
        }

        assertTrue(seen.size() > 90, seen::toString);
    }

    @SeededTest
    void backOffIsNeverShorterThanTheIntervalNorLongerThanHalfAMinuteUnlessTheIntervalIs(Random random) {
        Duration interval = Duration.ofMillis(Draw.between(random, 10, 86_400_000));
        int failures = (int) Draw.between(random, 0, Integer.MAX_VALUE);
        int stack = random.nextInt();

        Duration gap = gaps("s" + stack, interval, interval).after(PollRate.BACKING_OFF, failures);

        assertTrue(gap.compareTo(interval) >= 0, gap::toString);
        assertTrue(gap.compareTo(MAX_BACK_OFF) <= 0 || gap.equals(interval), gap::toString);
    }

    @SeededTest
    void firstGapIsShorterByLessThanAHalfAndTheSameEveryTime(Random random) {
        int stack = random.nextInt();
        PollIntervals some = gaps("s" + stack, ACTIVE, IDLE);

        Duration first = some.first(ACTIVE);

        assertTrue(first.compareTo(ACTIVE.dividedBy(2)) > 0 && first.compareTo(ACTIVE) <= 0, first::toString);
        assertEquals(first, gaps("s" + stack, ACTIVE, IDLE).first(ACTIVE));
    }
}
