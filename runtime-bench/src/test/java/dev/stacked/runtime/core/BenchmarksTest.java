package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs each benchmark once, without measuring anything. */
final class BenchmarksTest {
    @Test
    void eachBenchmarkRuns() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .forks(0)
                        .mode(Mode.SingleShotTime)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();

        Set<String> benchmarks = results.stream()
                .map(result -> result.getParams().getBenchmark())
                .map(name -> name.substring(BenchLog.class.getPackageName().length() + 1))
                .collect(Collectors.toSet());
        assertEquals(
                Set.of(
                        "AppendBenchmark.eightEvents",
                        "AppendBenchmark.oneEvent",
                        "DiffBenchmark.allChanged",
                        "DiffBenchmark.nothingChanged",
                        "DiffBenchmark.oneChanged",
                        "DrainBenchmark.eightEvents",
                        "DrainBenchmark.nothingDue",
                        "DrainBenchmark.oneEvent",
                        "EncodeBenchmark.snapshot",
                        "EncodeBenchmark.stageRuntime",
                        "SnapshotBenchmark.encoded",
                        "SnapshotBenchmark.known"),
                benchmarks);
    }

    @Test
    void readerWithNothingDueAllocatesNothing() {
        BenchLog bench = new BenchLog();
        LogCursor reader = bench.reader();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        threads.getThreadAllocatedBytes(self); // the first call may allocate

        long before = threads.getThreadAllocatedBytes(self);
        for (int i = 0; i < 10_000; i++) {
            if (reader.isDue() || reader.poll(Integer.MAX_VALUE) != null) {
                throw new AssertionError("Nothing was written.");
            }
        }
        long allocated = threads.getThreadAllocatedBytes(self) - before;

        assertEquals(0, allocated / 10_000, "Bytes for each look.");
        assertFalse(reader.isDue());
        assertNull(reader.poll(Integer.MAX_VALUE));
    }
}
