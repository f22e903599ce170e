package dev.stacked.runtime.core;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Cost of reading a change, per reader. The figure includes a thousandth of the cost of writing the change, which 1,000
 * readers share.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DrainBenchmark {
    private static final int READERS = 1_000;

    private final BenchLog bench = new BenchLog();
    private final Change one = BenchLog.change(1, 1);
    private final Change eight = BenchLog.change(1, 8);
    private final List<LogCursor> readers =
            Stream.generate(bench::reader).limit(READERS).toList();

    /** Each reader is due one event. */
    @Benchmark
    @OperationsPerInvocation(READERS)
    public void oneEvent(Blackhole events) {
        bench.log.append(one);
        drain(events);
    }

    /** Each reader is due eight events. */
    @Benchmark
    @OperationsPerInvocation(READERS)
    public void eightEvents(Blackhole events) {
        bench.log.append(eight);
        drain(events);
    }

    /** No event is due. {@code -prof gc} shows that this allocates nothing. */
    @Benchmark
    @OperationsPerInvocation(READERS)
    public void nothingDue(Blackhole events) {
        drain(events);
    }

    private void drain(Blackhole events) {
        for (int i = 0; i < READERS; i++) {
            LogCursor reader = readers.get(i);
            EncodedEvent event = reader.poll(Integer.MAX_VALUE);
            while (event != null) {
                events.consume(event);
                event = reader.poll(Integer.MAX_VALUE);
            }
        }
    }
}
