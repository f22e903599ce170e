package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.seeded.Draw;
import dev.stacked.runtime.seeded.SeededTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class UpstreamRateTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private record Timer(long due, Runnable task) {}

    private final List<Duration> waits = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final long start = Long.MAX_VALUE - 1000; // soon overflows
    private long now = start;
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(timer -> timer.due() - start));

    private UpstreamRate rate(int perSecond) {
        return new UpstreamRate(perSecond, () -> now, waits::add);
    }

    private CallTurn call(UpstreamRate rate, String name) {
        return rate.await(this::schedule, () -> calls.add(name));
    }

    private void schedule(Runnable task, Duration delay) {
        timers.add(new Timer(now + delay.toNanos(), task));
    }

    private void advance(Duration duration) {
        long target = now + duration.toNanos();
        while (!timers.isEmpty() && timers.peek().due() - target <= 0) {
            Timer next = timers.remove();
            now = next.due() - now > 0 ? next.due() : now;
            next.task().run();
        }
        now = target;
    }

    @Test
    void withoutALimitNothingWaits() {
        UpstreamRate rate = rate(UpstreamRate.UNLIMITED);
        call(rate, "a");
        call(rate, "b");

        assertEquals(List.of("a", "b"), calls);
        assertEquals(List.of(), waits);
    }

    @Test
    void callsAreSpacedEvenlyInTheirOrder() {
        UpstreamRate rate = rate(4);
        call(rate, "a");
        call(rate, "b");
        call(rate, "c");
        assertEquals(List.of("a"), calls);

        advance(Duration.ofMillis(250));
        assertEquals(List.of("a", "b"), calls);
        advance(Duration.ofMillis(250));

        assertEquals(List.of("a", "b", "c"), calls);
        assertEquals(List.of(Duration.ZERO, Duration.ofMillis(250), Duration.ofMillis(500)), waits);
    }

    @Test
    void timeWithoutCallsIsNotSaved() {
        UpstreamRate rate = rate(4);
        call(rate, "a");
        advance(Duration.ofMinutes(1));

        call(rate, "b");
        call(rate, "c");

        assertEquals(List.of("a", "b"), calls);
    }

    @Test
    void callThatIsGivenUpLeavesItsPlaceToTheNext() {
        UpstreamRate rate = rate(4);
        call(rate, "a");
        CallTurn first = call(rate, "b");
        CallTurn second = call(rate, "c");
        call(rate, "d");

        second.giveUp();
        first.giveUp();
        first.giveUp();
        advance(Duration.ofMillis(250));

        assertEquals(List.of("a", "d"), calls);
    }

    @Test
    void threadThatIsLateDelaysTheOthersInsteadOfLeavingWithThem() {
        UpstreamRate rate = rate(4);
        for (String name : List.of("a", "b", "c")) {
            call(rate, name);
        }
        now += Duration.ofSeconds(10).toNanos(); // no timer has run

        advance(Duration.ZERO);
        assertEquals(List.of("a", "b"), calls);
        advance(Duration.ofMillis(250));

        assertEquals(List.of("a", "b", "c"), calls);
    }

    @Test
    void threadThatHasEndedHoldsUpNoOther() {
        UpstreamRate rate = rate(4);
        call(rate, "a");
        rate.await(
                (task, delay) -> {
                    throw new RejectedExecutionException("thrown by a test");
                },
                () -> calls.add("never"));
        call(rate, "b");

        advance(Duration.ofMillis(250));

        assertEquals(List.of("a", "b"), calls);
    }

    @SeededTest
    void noSecondHasMoreCallsThanTheLimitWhateverIsGivenUpOrLate(Random random) {
        int limit = (int) Draw.between(random, 1, 100);
        UpstreamRate rate = rate(limit);
        List<Long> moments = new ArrayList<>();
        List<CallTurn> turns = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            turns.add(rate.await(this::schedule, () -> moments.add(now - start)));
            switch (random.nextInt(6)) {
                case 0 -> advance(Duration.ofNanos(random.nextLong(SECOND)));
                case 1 -> now += random.nextLong(SECOND); // a pause of the process
                case 2 -> turns.get(random.nextInt(turns.size())).giveUp();
                default -> {}
            }
        }
        advance(Duration.ofMinutes(5));

        for (int i = limit; i < moments.size(); i++) {
            long window = moments.get(i) - moments.get(i - limit);
            assertTrue(window >= SECOND, limit + " calls and one more within " + window);
        }
        assertTrue(moments.size() >= 200, moments.size() + " calls were made.");
    }
}
