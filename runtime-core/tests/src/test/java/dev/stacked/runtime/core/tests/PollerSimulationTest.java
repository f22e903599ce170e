package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random schedules of coming, going, reading slowly and on other threads, changing and failing on manual time. A
 * schedule that breaks a promise is run again by its seed: {@code -Dsimulation.seed=…}; {@code
 * -Dsimulation.schedules=…} sets how many are run.
 */
final class PollerSimulationTest {
    private static final String SEED = "simulation.seed";

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS) // for as many schedules as are asked for
    void promisesAreKeptInEverySchedule() {
        assumeTrue(System.getProperty(SEED) == null, "One schedule is run again.");
        long base = new Random().nextLong();
        int schedules = Integer.getInteger("simulation.schedules", 2000);
        System.out.println(schedules + " schedules from seed " + base);
        for (long seed = base; seed < base + schedules; seed++) {
            run(seed);
        }
    }

    @Test
    void scheduleThatBrokeAPromiseKeepsItNow() {
        assumeTrue(System.getProperty(SEED) != null, "No schedule is run again.");
        run(Long.getLong(SEED));
    }

    private static void run(long seed) {
        try {
            new Simulation(seed).run();
        } catch (Throwable e) {
            throw new AssertionError("Run it again with -D" + SEED + "=" + seed, e);
        }
    }
}
