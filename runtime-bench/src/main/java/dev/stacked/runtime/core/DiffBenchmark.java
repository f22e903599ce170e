package dev.stacked.runtime.core;

import java.util.List;
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

/** Cost of comparing two states of a stack with eight stages. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DiffBenchmark {
    private final StackRuntime state = BenchLog.stack(0, 0);
    private final StackRuntime same = BenchLog.stack(0, 0);
    private final StackRuntime oneChanged = BenchLog.stack(1, 1);
    private final StackRuntime allChanged = BenchLog.stack(1, BenchLog.STAGES);

    /** A poll without changes, as most polls are. */
    @Benchmark
    public Object nothingChanged() {
        return between(same);
    }

    /** One stage has a new runtime. */
    @Benchmark
    public Object oneChanged() {
        return between(oneChanged);
    }

    /** Every stage has a new runtime. */
    @Benchmark
    public Object allChanged() {
        return between(allChanged);
    }

    private List<RuntimeDiff.Difference> between(StackRuntime after) {
        return RuntimeDiff.between(state, after);
    }
}
