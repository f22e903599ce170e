package dev.stacked.runtime.core;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The entry point: the streams of stacks. A stack is polled from its first subscriber to its last, by one poller that
 * all of them share. Thread-safe; never blocks. It has no threads but its event loops.
 */
public final class PollerRegistry implements AutoCloseable {
    private final StreamSettings settings;
    private final Supplier<String> epochs;
    private final PollerMeters meters;
    private final EventEncoder encoder;
    private final History.Factory histories = History::inMemory;
    private final List<PollerShard> shards;
    /** Loops that end with this registry. */
    private final List<ScheduledExecutorService> ownLoops;

    PollerRegistry(PollerRegistryBuilder from) {
        this.settings = from.settings;
        this.epochs = from.epochs;
        this.meters = new PollerMeters(from.meterRegistry);
        this.encoder = new EventEncoder(settings.errorEvent(), from.nanoTime, meters);
        this.ownLoops = from.loops.isEmpty() ? SystemDefaults.loops() : List.of();
        RetainedStacks retained = new RetainedStacks(settings.maxStacks());
        List<? extends ScheduledExecutorService> loops = ownLoops.isEmpty() ? from.loops : ownLoops;
        UpstreamRate rate = new UpstreamRate(settings.upstreamRate(), from.nanoTime, meters::waitedForRate);
        this.shards = loops.stream()
                .map(executor -> new EventLoop(executor, from.clock, from.nanoTime))
                .map(loop ->
                        new PollerShard(loop, access(from.reconciler, rate, loop), this::newStack, retained, meters))
                .toList();
    }

    private UpstreamCalls access(Reconciler reconciler, UpstreamRate rate, EventLoop loop) {
        return new UpstreamCalls(reconciler, settings.callBudget(), rate, new UpstreamPauses(loop));
    }

    /** Builds a registry whose stacks are polled by {@code reconciler}. */
    public static PollerRegistryBuilder builder(Reconciler reconciler) {
        return new PollerRegistryBuilder(Objects.requireNonNull(reconciler, "reconciler"));
    }

    private StackLifecycle newStack(StackId id, PollerShard shard, UpstreamCalls upstream) {
        EventLoop loop = shard.loop();
        String epoch = epochs.get();
        EventLog log = new EventLog(id, epoch, encoder, shard.journal(), settings.history(), settings.historyBytes());
        StackStream stream = new StackStream(log, loop, settings.heartbeatInterval(), meters);
        History history = histories.open(id, stream::publish);
        PollerReport report = new PollerReport(id, epoch, meters);
        return new StackLifecycle(
                id,
                settings,
                loop,
                stream,
                listener -> new StackPoller(id, upstream, settings, loop, history, report, listener),
                shard);
    }

    /** The stream of a stack, from its present state on. See {@link #stream(StackId, String)}. */
    public Flow.Publisher<EncodedEvent> stream(StackId stack) {
        return stream(stack, null);
    }

    /**
     * The stream of a stack. Each subscriber of the returned publisher is one client: it holds the stack's poller alive
     * until it cancels.
     *
     * <p>Signals come on the stack's event loop and must not block. A subscriber without demand delays no other: events
     * that it has not requested are conflated to the newest state. The stream fails with a {@link
     * StackNotFoundException} if the stack does not exist, or did not less than 3 s ago, and completes when this
     * registry is closed. A subscriber that comes when the event loop is shut down, or whose subscription the loop drops
     * then, gets a {@link RegistryClosedException} on any thread. A {@link StreamSubscriber} also receives a signal when
     * the stream opens.
     *
     * @param lastEventId the last id that the client received, to continue from there; null, malformed or unknown ids
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
        StackSubscription subscription = new StackSubscription(stack, subscriber, shard.loop());
        StackReader reader = subscription.newReader(lastEventId, shard);
        subscriber.onSubscribe(subscription);
        subscription.start();
        shard.join(stack, reader, subscription::dropped);
    }

    /**
     * Starts to read a stack on an executor of the caller's choice: for transports. The reader holds the stack's poller
     * alive until it is closed.
     *
     * <p>The stream ends with {@link StreamEnd#STACK_GONE} if the stack does not exist, or did not when the upstream
     * was asked less than 3 s ago, and with {@link StreamEnd#DRAINING} when this registry is closed. Readers of one
     * stack on one executor share their wake-ups.
     *
     * @param lastEventId the last id that the client received, to continue from there; null, malformed or unknown ids
     *     mean from the present state
     * @param executor runs tasks one after the other, on one thread; compared by {@code equals}
     * @param ready runs on the executor whenever the reader may have opened, have events or have ended; must not block
     * @throws RegistryClosedException if the stack's event loop is shut down; if it is so before the reader has joined,
     *     the stream ends with {@link StreamEnd#DRAINING}
     */
    public StackReader read(StackId stack, @Nullable String lastEventId, Executor executor, Runnable ready) {
        PollerShard shard = shard(stack);
        shard.loop().requireRunning();
        StackReader reader = shard.newReader(EventId.parse(lastEventId), executor, ready);
        shard.join(stack, reader, () -> reader.finish(StreamEnd.DRAINING));
        return reader;
    }

    private PollerShard shard(StackId stack) {
        return shards.get(Math.floorMod(stack.hashCode(), shards.size()));
    }

    /**
     * Polls a stack now instead of when it is due, since it may have changed; even while it is idle or backed off from.
     * A poll that is under way may have read the state before the change, so another one follows it. Nudges that arrive
     * together share one poll, and nudged polls of a stack start at least 100 ms apart: a nudge may be late but is
     * never lost. A pause requested by the upstream is kept.
     *
     * <p>A stack without subscribers is polled for its next subscriber, even if it was missing or has just been polled.
     *
     * @throws RegistryClosedException if the stack's event loop is shut down
     */
    public void refresh(StackId stack) {
        shard(stack).refresh(stack);
    }

    /**
     * The status of every stack that is held, in the order of their ids. Gathered by the event loops between their
     * other tasks. Fails with a {@link RegistryClosedException} if a loop is shut down.
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
     * Completes all streams, each at a moment of its own, so that clients do not reconnect in one wave. Until its end a
     * stream continues as usual. Streams that are subscribed from now on complete at once. When the window is over all
     * polling has stopped. Only the first call has an effect; {@link #close} ends the remaining streams at once.
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

    /**
     * Completes all streams and stops all polling. Streams that are subscribed later complete at once. Idempotent.
     *
     * <p>The event loops do that after their present tasks. Loops that were passed to the builder should be shut down
     * afterwards and orderly; the default ones end by themselves, and then new streams fail with a {@link
     * RegistryClosedException}. What a loop that was shut down at once has dropped is failed by this method and by any
     * later call.
     */
    @Override
    public void close() {
        shards.forEach(PollerShard::close);
        ownLoops.forEach(ScheduledExecutorService::shutdown);
    }
}
