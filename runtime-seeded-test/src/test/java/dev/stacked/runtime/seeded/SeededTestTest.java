package dev.stacked.runtime.seeded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

final class SeededTestTest {
    private static final List<Long> DRAWN = new ArrayList<>();

    /** Run by the tests below only. */
    static final class Samples {
        @SeededTest(tries = 50)
        void passes(Random random) {
            DRAWN.add(random.nextLong());
        }

        @SeededTest
        void failsOnAMultipleOfFive(Random random) {
            long drawn = random.nextLong();
            DRAWN.add(drawn);
            assertTrue(drawn % 5 != 0, () -> "Multiple of five: " + drawn);
        }

        @SeededTest(tries = 10)
        void throwsWithoutMessage(Random random) {
            throw new IllegalStateException();
        }

        @SeededTest(tries = 50)
        void skipsOddValues(Random random) {
            long drawn = random.nextLong();
            DRAWN.add(drawn);
            assumeTrue(drawn % 2 == 0);
        }
    }

    @BeforeEach
    void forgetEarlierRuns() {
        DRAWN.clear();
    }

    @Test
    void eachTryDrawsOtherValues() {
        assertEquals(List.of(), failuresOf("passes", Map.of()));
        assertEquals(50, DRAWN.size());
        assertEquals(50, new HashSet<>(DRAWN).size());
    }

    @Test
    void eachRunDrawsOtherValues() {
        failuresOf("passes", Map.of());
        failuresOf("passes", Map.of());
        assertEquals(100, new HashSet<>(DRAWN).size());
    }

    @Test
    void firstFailureReportsItsSeedAndEndsTheTest() {
        List<Throwable> failures = failuresOf("failsOnAMultipleOfFive", Map.of());

        assertEquals(1, failures.size());
        long last = DRAWN.get(DRAWN.size() - 1);
        assertEquals(
                "Replay with -Dtest.seed=" + seedOf(failures.get(0))
                        + ": org.opentest4j.AssertionFailedError: Multiple of five: " + last
                        + " ==> expected: <true> but was: <false>",
                failures.get(0).getMessage());
        assertEquals(1, DRAWN.stream().filter(drawn -> drawn % 5 == 0).count());
    }

    @Test
    void seedReplaysTheFailedTryAlone() {
        Throwable failure = failuresOf("failsOnAMultipleOfFive", Map.of()).get(0);
        long failed = DRAWN.get(DRAWN.size() - 1);
        DRAWN.clear();

        List<Throwable> again = failuresOf("failsOnAMultipleOfFive", Map.of("test.seed", seedOf(failure)));

        assertEquals(List.of(failed), DRAWN);
        assertEquals(failure.getMessage(), again.get(0).getMessage());
    }

    @Test
    void exceptionWithoutMessageIsReportedByItsType() {
        Throwable failure = failuresOf("throwsWithoutMessage", Map.of()).get(0);

        assertTrue(failure.getMessage().endsWith(": java.lang.IllegalStateException"), failure::getMessage);
        assertEquals(IllegalStateException.class, failure.getCause().getClass());
    }

    @Test
    void unmetAssumptionIsNoFailure() {
        assertEquals(List.of(), failuresOf("skipsOddValues", Map.of()));
        assertEquals(50, DRAWN.size());
    }

    @Test
    void seedThatIsNoNumberIsNamed() {
        Throwable failure = failuresOf("passes", Map.of("test.seed", "abc")).get(0);

        assertTrue(failure.getMessage().contains("'test.seed'"), failure::getMessage);
        assertTrue(failure.getMessage().contains("'abc'"), failure::getMessage);
    }

    private static String seedOf(Throwable failure) {
        Matcher seed = Pattern.compile("-Dtest\\.seed=(-?\\d+)").matcher(failure.getMessage());
        assertTrue(seed.find(), failure::getMessage);
        return seed.group(1);
    }

    private static List<Throwable> failuresOf(String method, Map<String, String> parameters) {
        List<Throwable> failures = new ArrayList<>();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectMethod(Samples.class, method, "java.util.Random"))
                                .configurationParameters(parameters)
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                                    failures.add(result.getThrowable().orElseThrow());
                                }
                            }
                        });
        return failures;
    }
}
