package dev.stacked.runtime.core;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Cost of writing a change into the log: encoding its events and publishing the head. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AppendBenchmark {
    private final BenchLog bench = new BenchLog();
    private final Change one = BenchLog.change(1, 1);
    private final Change eight = BenchLog.change(1, 8);

    /** A change of one event. */
    @Benchmark
    public Object oneEvent() {
        bench.log.append(one);
        return bench.log.head();
    }

    /** A change of eight events. */
    @Benchmark
    public Object eightEvents() {
        bench.log.append(eight);
        return bench.log.head();
    }
}
