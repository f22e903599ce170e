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

/** Cost of the first event of a new reader. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SnapshotBenchmark {
    private final Head head = new BenchLog().log.head();
    private long number;

    /** A new reader after another one that joined since the newest change: the snapshot exists already. */
    @Benchmark
    public Object known() {
        return head.snapshotAt(1);
    }

    /** The first new reader since the newest change. */
    @Benchmark
    public Object encoded() {
        number ^= 1;
        return head.snapshotAt(2 + number);
    }
}
