package dev.stacked.runtime.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stacks of one event loop. As joining, leaving and retiring all happen on that loop, each is one atomic step.
 * Only {@link #join}, {@link #loop} and {@link #close} may be used from other threads.
 */
final class PollerShard {
    /** Makes the poller of a stack that nobody reads yet. */
    interface PollerFactory {
        StackPoller create(StackId id, PollerShard shard);
    }

    private final EventLoop loop;
    private final PollerFactory factory;
    private final Map<StackId, StackPoller> pollers = new HashMap<>();
    private boolean closed;

    PollerShard(EventLoop loop, PollerFactory factory) {
        this.loop = loop;
        this.factory = factory;
    }

    EventLoop loop() {
        return loop;
    }

    void join(StackId id, StackSubscription subscription) {
        loop.execute(() -> {
            if (closed) {
                subscription.finish();
            } else if (!subscription.isCancelled()) {
                pollers.computeIfAbsent(id, absent -> factory.create(absent, this))
                        .join(subscription);
            }
        });
    }

    void retire(StackPoller poller) {
        pollers.remove(poller.id(), poller);
    }

    void close() {
        loop.execute(() -> {
            closed = true;
            List<StackPoller> closing = List.copyOf(pollers.values());
            pollers.clear();
            closing.forEach(StackPoller::close);
        });
    }
}
