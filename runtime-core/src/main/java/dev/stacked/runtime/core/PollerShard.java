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
 * {@link #retire} and {@link #gone} are for its pollers; all else may be used from any thread.
 */
final class PollerShard implements StackPoller.Keeper {
    /** Makes the poller of a stack that nobody reads yet. */
    interface PollerFactory {
        StackPoller create(StackId id, PollerShard shard);
    }

    private final EventLoop loop;
    private final PollerFactory factory;
    private final PollerMeters meters;
    private final Map<StackId, StackPoller> pollers = new HashMap<>();
    private final MissingStacks missing;
    private boolean ending;

    PollerShard(EventLoop loop, PollerFactory factory, PollerMeters meters) {
        this.meters = meters;
        this.loop = loop;
        this.factory = factory;
        this.missing = new MissingStacks(loop);
    }

    EventLoop loop() {
        return loop;
    }

    void join(StackId id, StackSubscription subscription) {
        loop.execute(() -> {
            if (ending) {
                subscription.finish();
            } else if (missing.contains(id)) {
                subscription.fail(new StackNotFoundException(id));
            } else if (!subscription.isCancelled()) {
                pollers.computeIfAbsent(id, this::create).join(subscription);
            }
        });
    }

    private StackPoller create(StackId id) {
        meters.stackCreated();
        return factory.create(id, this);
    }

    void refresh(StackId id) {
        loop.execute(() -> {
            missing.remove(id); // it may just have been made
            StackPoller poller = pollers.get(id);
            if (poller != null) {
                poller.refresh();
            }
        });
    }

    @Override
    public void retire(StackPoller poller) {
        if (pollers.remove(poller.id(), poller)) {
            meters.stackRetired();
        }
    }

    @Override
    public void gone(StackPoller poller) {
        retire(poller);
        missing.add(poller.id());
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
        closing.forEach(poller -> {
            meters.stackRetired();
            poller.close();
        });
    }
}
