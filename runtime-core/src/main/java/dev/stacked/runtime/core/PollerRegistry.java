package dev.stacked.runtime.core;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The entry to everything: gives out the streams of stacks. A stack is polled from its first subscriber to its last,
 * by one poller that all of them share. Thread-safe; makes no threads and blocks none.
 */
public final class PollerRegistry implements AutoCloseable {
    private final Reconciler reconciler;
    private final StreamSettings settings;
    private final Supplier<String> epochs;
    private final PollerMeters meters;
    private final EventEncoder encoder;
    private final List<PollerShard> shards;

    /**
     * A registry without any stack yet.
     *
     * @param reconciler the backend
     * @param settings how stacks are polled and streams are kept
     * @param loops executors of one thread each, over which the stacks are spread; not shut down by this registry
     * @param clock the time of day that events carry
     * @param nanoTime elapsed time, as {@link System#nanoTime()} gives it
     * @param epochs names a new history each time it is asked: 1 to 40 letters and digits, never the same twice
     * @throws IllegalArgumentException if there is no loop
     */
    public PollerRegistry(
            Reconciler reconciler,
            StreamSettings settings,
            List<? extends ScheduledExecutorService> loops,
            Clock clock,
            LongSupplier nanoTime,
            Supplier<String> epochs) {
        this(reconciler, settings, loops, clock, nanoTime, epochs, new CompositeMeterRegistry());
    }

    /**
     * A registry without any stack yet, which is measured.
     *
     * @param reconciler the backend
     * @param settings how stacks are polled and streams are kept
     * @param loops executors of one thread each, over which the stacks are spread; not shut down by this registry
     * @param clock the time of day that events carry
     * @param nanoTime elapsed time, as {@link System#nanoTime()} gives it
     * @param epochs names a new history each time it is asked: 1 to 40 letters and digits, never the same twice
     * @param meterRegistry gets the meters, which should be those of no other {@code PollerRegistry}
     * @throws IllegalArgumentException if there is no loop
     */
    public PollerRegistry(
            Reconciler reconciler,
            StreamSettings settings,
            List<? extends ScheduledExecutorService> loops,
            Clock clock,
            LongSupplier nanoTime,
            Supplier<String> epochs,
            MeterRegistry meterRegistry) {
        if (loops.isEmpty()) {
            throw new IllegalArgumentException("At least one event loop is needed.");
        }
        this.reconciler = reconciler;
        this.settings = settings;
        this.epochs = epochs;
        this.meters = new PollerMeters(meterRegistry);
        this.encoder = new EventEncoder(settings.errorEvent(), nanoTime, meters);
        this.shards = loops.stream()
                .map(executor -> new PollerShard(new EventLoop(executor, clock, nanoTime), this::newPoller, meters))
                .toList();
    }

    private StackPoller newPoller(StackId id, PollerShard shard) {
        EventLog log = new InMemoryEventLog(epochs.get(), encoder, settings.history());
        return new StackPoller(id, reconciler, settings, shard.loop(), log, encoder, meters, shard);
    }

    /** The stream of a stack from its present state on. See {@link #stream(StackId, String)}. */
    public Flow.Publisher<EncodedEvent> stream(StackId stack) {
        return stream(stack, null);
    }

    /**
     * The stream of a stack. Each subscriber of the returned publisher is one client: it holds the stack's poller alive
     * until it cancels.
     *
     * <p>Signals come on the stack's event loop and must not block. A subscriber without demand is not waited for: what
     * it has not asked for is conflated to the newest state. The stream fails with a {@link StackNotFoundException} if
     * the stack does not exist, or did not when the upstream was asked less than 3 s ago, and completes when this
     * registry is closed. A {@link StreamSubscriber} is also told when it opens.
     *
     * @param lastEventId the last id that the client was given, to go on from there; null, malformed or unknown ones
     *     mean from the present state
     */
    public Flow.Publisher<EncodedEvent> stream(StackId stack, @Nullable String lastEventId) {
        Optional<EventId> last = EventId.parse(lastEventId);
        return subscriber -> subscribe(stack, last, subscriber);
    }

    private void subscribe(
            StackId stack, Optional<EventId> lastEventId, Flow.Subscriber<? super EncodedEvent> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        PollerShard shard = shard(stack);
        StackSubscription subscription = new StackSubscription(subscriber, lastEventId, shard.loop());
        subscriber.onSubscribe(subscription);
        shard.join(stack, subscription);
    }

    private PollerShard shard(StackId stack) {
        return shards.get(Math.floorMod(stack.hashCode(), shards.size()));
    }

    /**
     * The stack may have changed, as its backend or somebody else says: polls it now instead of when it is due, even
     * while it is idle or backed off from. A poll that is under way may have come too early, so another one follows it.
     * Nudges that come together make one poll, and nudged polls of a stack start at least 100 ms apart: none is lost,
     * it may only be a little late. What the upstream asked not to be called for is left alone until then.
     *
     * <p>Polls nothing for a stack that nobody reads, whether there is such a one or not. Whoever comes to read it begins
     * with a poll, even if the stack was missing just now.
     */
    public void refresh(StackId stack) {
        shard(stack).refresh(stack);
    }

    /**
     * How every stack is doing that is read, or was until a short while ago; in the order of their ids. Gathered by the
     * event loops between their other tasks, so that it costs them little and a caller nothing. Fails if a loop is shut
     * down.
     */
    public CompletionStage<List<PollerStatus>> pollers() {
        CompletableFuture<List<PollerStatus>> gathered = CompletableFuture.completedFuture(List.of());
        for (PollerShard shard : shards) {
            gathered = gathered.thenCombine(shard.statuses(), PollerRegistry::joined);
        }
        return gathered.thenApply(statuses -> statuses.stream()
                .sorted(Comparator.comparing(status -> status.stack().value()))
                .toList());
    }

    private static <T> List<T> joined(List<T> some, List<T> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /**
     * Completes all streams, each at a moment of its own, so that clients do not come back in one wave. Until its end a
     * stream goes on as ever. Streams that are subscribed from now on complete at once. When the window is over all
     * polling has stopped. Of several calls the first counts, and {@link #close} ends what is left.
     *
     * @param window how long from now on streams may live; zero completes them all now
     * @param random picks the moments; must be thread-safe
     * @throws IllegalArgumentException if the window is negative
     */
    public void drain(Duration window, RandomGenerator random) {
        if (window.isNegative()) {
            throw new IllegalArgumentException("A window to drain in is not negative; it is " + window + ".");
        }
        if (window.isZero()) {
            close();
        } else {
            shards.forEach(shard -> shard.drain(window, random));
        }
    }

    /** Completes all streams and stops all polling. Streams that are subscribed later complete at once. Idempotent. */
    @Override
    public void close() {
        shards.forEach(PollerShard::close);
    }
}
