package dev.stacked.runtime.core;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The entry to everything: gives out the streams of stacks. A stack is polled from its first subscriber to its last,
 * by one poller that all of them share. Thread-safe; makes no threads and blocks none.
 */
public final class PollerRegistry implements AutoCloseable {
    private final Reconciler reconciler;
    private final StreamSettings settings;
    private final Supplier<String> epochs;
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
        if (loops.isEmpty()) {
            throw new IllegalArgumentException("At least one event loop is needed.");
        }
        this.reconciler = reconciler;
        this.settings = settings;
        this.epochs = epochs;
        this.encoder = new EventEncoder(settings.errorEvent());
        this.shards = loops.stream()
                .map(executor -> new PollerShard(new EventLoop(executor, clock, nanoTime), this::newPoller))
                .toList();
    }

    private StackPoller newPoller(StackId id, PollerShard shard) {
        EventLog log = new InMemoryEventLog(epochs.get(), encoder, settings.history());
        return new StackPoller(id, reconciler, settings, shard.loop(), log, encoder, shard::retire);
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
     * the stack does not exist, and completes when this registry is closed. A {@link StreamSubscriber} is also told
     * when it opens.
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
        PollerShard shard = shards.get(Math.floorMod(stack.hashCode(), shards.size()));
        StackSubscription subscription = new StackSubscription(subscriber, lastEventId, shard.loop());
        subscriber.onSubscribe(subscription);
        shard.join(stack, subscription);
    }

    /** Completes all streams and stops all polling. Streams that are subscribed later complete at once. Idempotent. */
    @Override
    public void close() {
        shards.forEach(PollerShard::close);
    }
}
