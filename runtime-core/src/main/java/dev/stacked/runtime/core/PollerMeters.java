package dev.stacked.runtime.core;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of polling and of what it finds; {@code docs/metrics.md} explains each meter. Event loops count, and
 * whoever scrapes reads numbers: nobody walks through the pollers for it. Thread-safe.
 */
final class PollerMeters {
    private static final Duration[] DURATIONS = durations(10, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000);
    private static final Duration[] LAGS = durations(1, 5, 10, 50, 100, 500, 1_000, 5_000, 10_000);

    private final AtomicInteger stacks = new AtomicInteger();
    private final AtomicInteger polled = new AtomicInteger();
    private final AtomicInteger read = new AtomicInteger();
    private final AtomicInteger subscribers = new AtomicInteger();
    private final Map<UpstreamHealth, Timer> polls;
    private final Timer lag;
    private final Map<EventKind, Counter> told;
    private final Map<EventKind, DistributionSummary> encoded;
    private final Counter conflated;
    private final Counter resumed;
    private final Counter restarted;

    PollerMeters(MeterRegistry registry) {
        gauge(registry, "runtime.stacks", "Stacks whose state is held", stacks);
        gauge(registry, "runtime.pollers", "Stacks that are polled", polled);
        gauge(registry, "runtime.subscribers", "Readers of all stacks", subscribers);
        Gauge.builder("runtime.pollers.without.subscribers", () -> Math.max(0, polled.get() - read.get()))
                .description("Stacks that are polled although nobody reads them; a fault unless it is 0")
                .register(registry);
        this.polls = each(
                UpstreamHealth.values(),
                health -> Timer.builder("runtime.poll.duration")
                        .description("From the start of a poll to its last answer")
                        .tag("upstream", health.wireName())
                        .serviceLevelObjectives(DURATIONS)
                        .register(registry));
        this.lag = Timer.builder("runtime.poll.lag")
                .description("How much later than planned a poll began")
                .serviceLevelObjectives(LAGS)
                .register(registry);
        this.told = each(
                EventKind.values(),
                kind -> Counter.builder("runtime.events")
                        .description("Events that happened, however many were told of them")
                        .tag("event", kind.wireName())
                        .register(registry));
        this.encoded = each(
                EventKind.values(),
                kind -> DistributionSummary.builder("runtime.event.size")
                        .description("JSON of the events that were encoded, once for all who read them")
                        .baseUnit("bytes")
                        .tag("event", kind.wireName())
                        .register(registry));
        this.conflated = Counter.builder("runtime.outbox.conflations")
                .description("Events that readers were too slow for and got newer state instead")
                .register(registry);
        this.resumed = resumes(registry, "hit");
        this.restarted = resumes(registry, "miss");
    }

    private static void gauge(MeterRegistry registry, String name, String description, AtomicInteger number) {
        Gauge.builder(name, number::get).description(description).register(registry);
    }

    private static Counter resumes(MeterRegistry registry, String outcome) {
        return Counter.builder("runtime.resumes")
                .description("Streams that began with the id of a last event")
                .tag("outcome", outcome)
                .register(registry);
    }

    private static Duration[] durations(long... millis) {
        return Arrays.stream(millis).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }

    private static <K, M> Map<K, M> each(K[] keys, Function<K, M> meter) {
        return Stream.of(keys).collect(Collectors.toUnmodifiableMap(Function.identity(), meter));
    }

    private static <K, M> M of(Map<K, M> meters, K key) {
        return Objects.requireNonNull(meters.get(key));
    }

    void stackCreated() {
        stacks.incrementAndGet();
    }

    void stackRetired() {
        stacks.decrementAndGet();
    }

    void pollingBegan() {
        polled.incrementAndGet();
    }

    void pollingEnded() {
        polled.decrementAndGet();
    }

    /** A stack has got more readers, or fewer. */
    void audienceChanged(int before, int after) {
        subscribers.addAndGet(after - before);
        read.addAndGet(Integer.signum(after) - Integer.signum(before));
    }

    /** A poll is over. */
    void polled(PollerStatus.@Nullable LastPoll poll, UpstreamHealth health) {
        if (poll != null && poll.took() != null) {
            lag.record(poll.lag());
            of(polls, health).record(poll.took());
        }
    }

    /** Something happened that all readers are told of. */
    void told(StreamEvent event) {
        of(told, EventKind.of(event)).increment();
    }

    void encoded(StreamEvent event, int bytes) {
        of(encoded, EventKind.of(event)).record(bytes);
    }

    /** A reader skips events of which newer ones made nothing worth telling. */
    void conflated(long events) {
        conflated.increment((double) events);
    }

    void resumed() {
        resumed.increment();
    }

    /** A reader who wanted to resume begins anew. */
    void restarted() {
        restarted.increment();
    }
}
