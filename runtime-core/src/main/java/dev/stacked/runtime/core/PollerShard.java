package dev.stacked.runtime.core;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The stacks of one event loop. As joining, leaving and retiring all happen on that loop, each is one atomic step.
 * {@link #retire} is for its pollers; all else may be used from any thread.
 */
final class PollerShard {
    /** Makes the poller of a stack that nobody reads yet. */
    interface PollerFactory {
        StackPoller create(StackId id, PollerShard shard);
    }

    private final EventLoop loop;
    private final PollerFactory factory;
    private final Map<StackId, StackPoller> pollers = new HashMap<>();
    private boolean ending;

    PollerShard(EventLoop loop, PollerFactory factory) {
        this.loop = loop;
        this.factory = factory;
    }

    EventLoop loop() {
        return loop;
    }

    void join(StackId id, StackSubscription subscription) {
        loop.execute(() -> {
            if (ending) {
                subscription.finish();
            } else if (!subscription.isCancelled()) {
                pollers.computeIfAbsent(id, absent -> factory.create(absent, this))
                        .join(subscription);
            }
        });
    }

    void refresh(StackId id) {
        loop.execute(() -> {
            StackPoller poller = pollers.get(id);
            if (poller != null) {
                poller.refresh();
            }
        });
    }

    void retire(StackPoller poller) {
        pollers.remove(poller.id(), poller);
    }

    CompletableFuture<List<PollerStatus>> statuses() {
        return loop.ask(() -> pollers.values().stream().map(StackPoller::status).toList());
    }

    /** @param random must be thread-safe */
    void drain(Duration window, RandomGenerator random) {
        loop.execute(() -> {
            if (!ending) {
                ending = true;
                Supplier<Duration> moments = () -> Duration.ofNanos(random.nextLong(window.toNanos()));
                pollers.values().forEach(poller -> poller.drain(moments));
                loop.executeAfter(this::closeAll, window);
            }
        });
    }

    void close() {
        loop.execute(this::closeAll);
    }

    private void closeAll() {
        ending = true;
        List<StackPoller> closing = List.copyOf(pollers.values());
        pollers.clear();
        closing.forEach(StackPoller::close);
    }
}
