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

/** Cost of encoding one event; done once for all readers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EncodeBenchmark {
    private final BenchLog bench = new BenchLog();
    private final EventId id = new EventId("29qg1j33rwui", 1);
    private final StreamEvent changed =
            new StreamEvent.StageChanged(BenchLog.stage(0), BenchLog.runtime(1), BenchLog.AT);
    private final StreamEvent snapshot = new StreamEvent.Snapshot(BenchLog.stack(1, BenchLog.STAGES), BenchLog.AT);

    /** A stage-runtime event. */
    @Benchmark
    public Object stageRuntime() {
        return bench.encoder.encode(BenchLog.STACK, changed, id);
    }

    /** A snapshot of eight stages. */
    @Benchmark
    public Object snapshot() {
        return bench.encoder.encode(BenchLog.STACK, snapshot, id);
    }
}
