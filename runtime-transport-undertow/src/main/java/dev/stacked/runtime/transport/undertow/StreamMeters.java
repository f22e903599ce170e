package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.access.RefusalReason;
import dev.stacked.runtime.access.Refusals;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/**
 * The meters of the streams of one transport; {@code docs/metrics.md} explains each. An idle stream costs nothing here.
 * Thread-safe.
 */
final class StreamMeters {
    private static final Duration[] LATENCIES = LongStream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private static final String REFUSALS = "runtime.refusals";

    private final LongSupplier nanoTime;
    private final AtomicInteger open = new AtomicInteger();
    private final Counter opened;
    private final Counter cutOff;
    private final Timer delivery;
    private final Stalls stalls;

    /** @param nanoTime elapsed time, the same as that of the events' source */
    StreamMeters(MeterRegistry registry, LongSupplier nanoTime, String transport, Refusals refusals) {
        this.nanoTime = nanoTime;
        Gauge.builder("runtime.streams", open::get)
                .description("Open streams")
                .tag("transport", transport)
                .register(registry);
        this.stalls = new Stalls(nanoTime);
        Gauge.builder("runtime.streams.stalled", stalls::count)
                .description("Streams that wait for their client to take what was written")
                .tag("transport", transport)
                .register(registry);
        TimeGauge.builder("runtime.streams.oldest.stall", stalls, TimeUnit.NANOSECONDS, Stalls::oldestNanos)
                .description("How long the stream that has waited the longest has waited for its client")
                .tag("transport", transport)
                .register(registry);
        this.opened = Counter.builder("runtime.streams.opened")
                .description("Streams that were opened")
                .tag("transport", transport)
                .register(registry);
        this.cutOff = Counter.builder("runtime.streams.cut.off")
                .description("Streams closed by the write timeout")
                .tag("transport", transport)
                .register(registry);
        this.delivery = Timer.builder("runtime.delivery")
                .description("From an answer of the upstream until a client's socket has taken the change")
                .tag("transport", transport)
                .serviceLevelObjectives(LATENCIES)
                .register(registry);
        if (registry.find(REFUSALS).functionCounters().isEmpty()) { // all transports share them
            count(refusals, registry);
        }
    }

    private static void count(Refusals refusals, MeterRegistry registry) {
        for (RefusalReason reason : RefusalReason.values()) {
            FunctionCounter.builder(REFUSALS, refusals, counts -> (double) counts.count(reason))
                    .description("Requests that were refused although they were well-formed, over all transports")
                    .tag("reason", reason.wireName())
                    .register(registry);
        }
    }

    /** The current ticker time. */
    long now() {
        return nanoTime.getAsLong();
    }

    void opened() {
        open.incrementAndGet();
        opened.increment();
    }

    void closed() {
        open.decrementAndGet();
    }

    /** The streams that wait for their client. */
    Stalls stalls() {
        return stalls;
    }

    void cutOff() {
        cutOff.increment();
    }

    /** A client's socket has accepted a change that was created at this ticker time. */
    void delivered(long createdAtNanos) {
        delivery.record(now() - createdAtNanos, TimeUnit.NANOSECONDS);
    }
}
