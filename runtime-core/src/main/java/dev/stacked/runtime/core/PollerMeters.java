package dev.stacked.runtime.core;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The meters of polling and its results; {@code docs/metrics.md} explains each. Event loops count, and a scrape only
 * reads numbers, without visiting pollers. Thread-safe.
 */
final class PollerMeters {
    private static final Duration[] DURATIONS = durations(10, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000);
    private static final Duration[] LAGS = durations(1, 5, 10, 50, 100, 500, 1_000, 5_000, 10_000);

    private static final Duration[] FAN_OUTS = durations(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000);

    /** A call of the upstream, by its purpose. */
    enum Route {
        /** Reads the stack document. */
        DOCUMENT,
        /** Reconciles a stage. */
        STAGE
    }

    /** The result of a call. */
    enum Found {
        /** The stack has changed. */
        CHANGED,
        /** The stack is as before. */
        UNCHANGED,
        /** The call failed. */
        FAILED
    }

    private final AtomicInteger stacks = new AtomicInteger();
    private final AtomicInteger polled = new AtomicInteger();
    private final AtomicInteger read = new AtomicInteger();
    private final AtomicInteger subscribers = new AtomicInteger();
    private final Map<UpstreamHealth, Timer> polls;
    private final Timer lag;
    private final Map<Route, Map<Found, Counter>> answers;
    private final Timer rateWait;
    private final Map<EventKind, Counter> emitted;
    private final Map<EventKind, DistributionSummary> encoded;
    private final Counter conflated;
    private final Timer fanOut;
    private final DistributionSummary fanOutReaders;
    private final Counter resumed;
    private final Counter restarted;

    PollerMeters(MeterRegistry registry) {
        gauge(registry, "runtime.stacks", "Stacks whose state is held", stacks);
        gauge(registry, "runtime.pollers", "Stacks that are polled", polled);
        gauge(registry, "runtime.subscribers", "Readers of all stacks", subscribers);
        Gauge.builder("runtime.pollers.without.subscribers", () -> Math.max(0, polled.get() - read.get()))
                .description("Stacks that are polled without readers; a fault unless it is 0")
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
        this.answers = each(Route.values(), route -> each(Found.values(), found -> answers(registry, route, found)));
        this.rateWait = Timer.builder("runtime.upstream.rate.wait")
                .description("How long calls waited because of the limit on calls per second")
                .serviceLevelObjectives(DURATIONS)
                .register(registry);
        this.emitted = each(
                EventKind.values(),
                kind -> Counter.builder("runtime.events")
                        .description("Events that were published, each counted once for all readers")
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
                .description("Superseded events that slow readers skipped")
                .register(registry);
        this.fanOut = Timer.builder("runtime.fanout")
                .description("From an answer of the upstream until a thread has visited the last reader of the stack")
                .serviceLevelObjectives(FAN_OUTS)
                .register(registry);
        this.fanOutReaders = DistributionSummary.builder("runtime.fanout.readers")
                .description("Readers of a stack that one wake-up of a thread visited")
                .register(registry);
        this.resumed = resumes(registry, "hit");
        this.restarted = resumes(registry, "miss");
    }

    private static void gauge(MeterRegistry registry, String name, String description, AtomicInteger number) {
        Gauge.builder(name, number::get).description(description).register(registry);
    }

    private static Counter answers(MeterRegistry registry, Route route, Found found) {
        return Counter.builder("runtime.poll.answers")
                .description("Answers of the upstream by what they showed")
                .tag("route", route.name().toLowerCase(Locale.ROOT))
                .tag("found", found.name().toLowerCase(Locale.ROOT))
                .register(registry);
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

    /** The number of readers of a stack has changed. */
    void readersChanged(int before, int after) {
        subscribers.addAndGet(after - before);
        read.addAndGet(Integer.signum(after) - Integer.signum(before));
    }

    /** A poll has ended. */
    void polled(PollerStatus.@Nullable LastPoll poll, UpstreamHealth health) {
        if (poll != null && poll.took() != null) {
            lag.record(poll.lag());
            of(polls, health).record(poll.took());
        }
    }

    /** The upstream has answered a call, or has failed to. */
    void answered(Route route, Found found) {
        of(of(answers, route), found).increment();
    }

    /** A call has waited so long for the limit on calls per second. */
    void waitedForRate(Duration wait) {
        rateWait.record(wait);
    }

    /** An event was published for all readers. */
    void emitted(StreamEvent event) {
        of(emitted, EventKind.of(event)).increment();
    }

    void encoded(StreamEvent event, int bytes) {
        of(encoded, EventKind.of(event)).record(bytes);
    }

    /** The readers of a group were woken. */
    void swept(int readers) {
        fanOutReaders.record(readers);
    }

    /** The readers of a group were woken for a change that was created so many nanoseconds ago. */
    void fannedOut(long nanos) {
        fanOut.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A reader skips superseded events. */
    void conflated(long events) {
        conflated.increment((double) events);
    }

    void resumed() {
        resumed.increment();
    }

    /** A reader that wanted to resume starts with a snapshot. */
    void restarted() {
        restarted.increment();
    }
}
