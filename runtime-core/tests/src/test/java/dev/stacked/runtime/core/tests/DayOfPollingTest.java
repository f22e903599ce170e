package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StreamSettings;
import dev.stacked.runtime.testkit.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A long time with many stacks whose backend announces its changes, and loses one announcement in a hundred. The number
 * of stacks can be set with {@code -Dday.stacks=200}, the seed with {@code -Dday.seed=…}.
 */
final class DayOfPollingTest {
    private static final int STACKS = Integer.getInteger("day.stacks", 20);
    private static final long SEED = Long.getLong("day.seed", System.nanoTime());
    private static final Duration MAX_INTERVAL = Duration.ofSeconds(60);
    private static final double LOST = 0.01;
    private static final StreamSettings PLAIN = Rig.SETTINGS;
    private static final StreamSettings STRETCHED = PLAIN.withMaxPollInterval(MAX_INTERVAL);

    /** What a time with many stacks came to. */
    private record Outcome(BusyBackend backend, List<ReviewCounter> clients, Duration time) {
        long callsPerHour() {
            return backend.calls() * Duration.ofHours(1).toSeconds() / time.toSeconds();
        }
    }

    private static PollerRegistry registry(BusyBackend backend, ManualTime time, StreamSettings settings) {
        return PollerRegistry.builder(backend)
                .settings(settings)
                .loops(List.of(time.newLoop()))
                .clock(time.clock())
                .nanoTime(time::nanoTime)
                .build();
    }

    private static Outcome pass(Duration duration, StreamSettings settings) {
        ManualTime time = new ManualTime();
        BusyBackend backend = new BusyBackend(STACKS, new Random(SEED), time::nanoTime, LOST);
        PollerRegistry registry = registry(backend, time, settings);
        List<ReviewCounter> clients = IntStream.range(0, STACKS)
                .mapToObj(stack -> new ReviewCounter())
                .toList();
        for (int stack = 0; stack < STACKS; stack++) {
            registry.stream(BusyBackend.id(stack)).subscribe(clients.get(stack));
        }
        for (long second = 0; second < duration.toSeconds(); second++) {
            backend.change(registry::refresh);
            time.advance(Duration.ofSeconds(1));
        }
        registry.close();
        time.runReady();
        return new Outcome(backend, clients, duration);
    }

    @Test
    void stretchedPollsMissNothingThatLastsAndCostAFractionOfTheCalls() {
        Outcome plain = pass(Duration.ofHours(1), PLAIN);
        Outcome stretched = pass(Duration.ofDays(1), STRETCHED);
        System.out.printf(
                "%d stacks of %d stages, seed %d: %,d calls an hour at %s, %,d with stretching up to %s%n",
                STACKS,
                BusyBackend.STAGES,
                SEED,
                plain.callsPerHour(),
                PLAIN.pollInterval(),
                stretched.callsPerHour(),
                MAX_INTERVAL);

        assertTrue(stretched.callsPerHour() * 5 < plain.callsPerHour(), "Stretching saves calls.");
        for (int stack = 0; stack < STACKS; stack++) {
            assertReviews(stretched, stack);
        }
    }

    /** Every review that lasted as long as the longest interval was announced, and none more than once. */
    private static void assertReviews(Outcome outcome, int stack) {
        for (int stage = 0; stage < BusyBackend.STAGES; stage++) {
            int announced = outcome.clients().get(stack).count(BusyBackend.stageId(stage));
            int lasting = outcome.backend().lastingReviews(stack, stage, MAX_INTERVAL.plus(PLAIN.pollInterval()));
            int all = outcome.backend().lastingReviews(stack, stage, Duration.ZERO);
            assertTrue(
                    lasting <= announced && announced <= all,
                    announced + " announced, " + lasting + " of " + all + " lasted; seed " + SEED);
        }
    }

    @Test
    void unannouncedChangeIsFoundWithinTheStretchedIntervalAndTheNextOneWithinTheShortest() {
        ManualTime time = new ManualTime();
        BusyBackend backend = new BusyBackend(1, new Random(SEED), time::nanoTime, 0);
        PollerRegistry registry = registry(backend, time, STRETCHED);
        StackId stack = BusyBackend.id(0);
        registry.stream(stack).subscribe(new ReviewCounter());
        time.advance(PLAIN.pollInterval());
        for (int change = 0; change < 10; change++) {
            backend.touch(0, 0);
            registry.refresh(stack);
            time.advance(Duration.ofSeconds(1));
        }
        long before = backend.calls();
        time.advance(MAX_INTERVAL);
        assertEquals(1 + BusyBackend.STAGES, backend.calls() - before, "One poll.");

        backend.touch(0, 0);
        time.advance(MAX_INTERVAL);
        before = backend.calls();
        time.advance(PLAIN.pollInterval());

        assertEquals(1 + BusyBackend.STAGES, backend.calls() - before, "Polled at the shortest interval again.");
    }

    @Test
    void rateIsNeverExceededInAnySecond() {
        int limit = STACKS;
        Outcome limited = pass(Duration.ofMinutes(20), STRETCHED.withUpstreamRate(limit));

        assertTrue(
                limited.backend().shortestTimeOf(limit + 1).compareTo(Duration.ofSeconds(1)) >= 0,
                () -> (limit + 1) + " calls within " + limited.backend().shortestTimeOf(limit + 1) + ", seed " + SEED);
    }
}
