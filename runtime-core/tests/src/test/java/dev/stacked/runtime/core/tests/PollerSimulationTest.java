package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random schedules on manual time: clients connect, leave and read slowly or on other threads, stacks change and fail.
 * A schedule that breaks the contract is replayed with its seed: {@code -Dsimulation.seed=…};
 * {@code -Dsimulation.schedules=…} sets the number of schedules.
 */
final class PollerSimulationTest {
    private static final String SEED = "simulation.seed";

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS) // enough for any number of schedules
    void promisesAreKeptInEverySchedule() {
        assumeTrue(System.getProperty(SEED) == null, "A seed is set: one schedule is replayed.");
        long base = new Random().nextLong();
        int schedules = Integer.getInteger("simulation.schedules", 2000);
        System.out.println(schedules + " schedules from seed " + base);
        for (long seed = base; seed < base + schedules; seed++) {
            run(seed);
        }
    }

    @Test
    void scheduleThatBrokeAPromiseKeepsItNow() {
        assumeTrue(System.getProperty(SEED) != null, "No seed is set: no schedule is replayed.");
        run(Long.getLong(SEED));
    }

    private static void run(long seed) {
        try {
            new Simulation(seed).run();
        } catch (Throwable e) {
            throw new AssertionError("Replay with -D" + SEED + "=" + seed, e);
        }
    }
}
