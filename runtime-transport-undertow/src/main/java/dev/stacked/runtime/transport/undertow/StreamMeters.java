package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.core.EncodedEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/**
 * What is measured of the streams of one transport; {@code docs/metrics.md} explains each meter. A stream to which
 * nothing is written costs nothing here. Thread-safe.
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
    private final Timer fanOut;
    private final DistributionSummary queueDepth;

    /** @param nanoTime elapsed time, the same as that of the events' source */
    StreamMeters(MeterRegistry registry, LongSupplier nanoTime, String transport, Refusals refusals) {
        this.nanoTime = nanoTime;
        Gauge.builder("runtime.streams", open::get)
                .description("Open streams")
                .tag("transport", transport)
                .register(registry);
        this.opened = Counter.builder("runtime.streams.opened")
                .description("Streams that were opened")
                .tag("transport", transport)
                .register(registry);
        this.cutOff = Counter.builder("runtime.streams.cut.off")
                .description("Streams whose clients took no byte for the write timeout")
                .tag("transport", transport)
                .register(registry);
        this.delivery = Timer.builder("runtime.delivery")
                .description("From an answer of the upstream to a client's socket having taken the change")
                .tag("transport", transport)
                .serviceLevelObjectives(LATENCIES)
                .register(registry);
        this.fanOut = Timer.builder("runtime.fanout")
                .description("From an answer of the upstream to an I/O thread's last socket having taken the change")
                .tag("transport", transport)
                .serviceLevelObjectives(LATENCIES)
                .register(registry);
        this.queueDepth = DistributionSummary.builder("runtime.io.queue.depth")
                .description("Streams that an I/O thread found waiting when it came to write")
                .tag("transport", transport)
                .register(registry);
        if (registry.find(REFUSALS).functionCounters().isEmpty()) { // all transports share them
            count(refusals, registry);
        }
    }

    private static void count(Refusals refusals, MeterRegistry registry) {
        for (RefusalReason reason : RefusalReason.values()) {
            FunctionCounter.builder(REFUSALS, refusals, counts -> (double) counts.count(reason))
                    .description("Requests that were refused although they were well-formed, over all transports")
                    .tag("reason", reason.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .register(registry);
        }
    }

    /** The present moment, as {@link #delivered} wants it. */
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

    void cutOff() {
        cutOff.increment();
    }

    /**
     * Whether the event tells a stream of a change that came while it was open: what it catches up on is old, and says
     * nothing about how fast we are.
     */
    static boolean isLive(EncodedEvent event, long openedAt) {
        return event.id().isPresent()
                && event.madeAt().isPresent()
                && event.madeAt().getAsLong() - openedAt >= 0;
    }

    /** A client's socket has taken a live event. */
    void delivered(EncodedEvent event) {
        delivery.record(now() - event.madeAt().orElseThrow(), TimeUnit.NANOSECONDS);
    }

    /** All sockets of an I/O thread that were to get a live event have been offered it. */
    void fannedOut(EncodedEvent event) {
        fanOut.record(now() - event.madeAt().orElseThrow(), TimeUnit.NANOSECONDS);
    }

    void queued(int streams) {
        queueDepth.record(streams);
    }
}
