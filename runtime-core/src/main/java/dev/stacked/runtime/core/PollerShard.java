package dev.stacked.runtime.core;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stacks of one event loop. As joining, leaving and retiring all happen on that loop, each is one atomic step. The
 * methods of {@link StackLifecycle.Keeper} are for its stacks; all others may be called by any thread.
 */
final class PollerShard implements StackLifecycle.Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(PollerShard.class);

    /** Creates a stack without readers. */
    @FunctionalInterface
    interface StackFactory {
        StackLifecycle create(StackId id, PollerShard shard, UpstreamCalls upstream);
    }

    private final EventLoop loop;
    private final StackFactory factory;
    private final RetainedStacks retained;
    private final PollerMeters meters;
    private final Journal journal = new Journal();
    /** Shared by all readers. */
    private final Consumer<StackReader> left = this::left;

    private final Map<StackId, StackLifecycle> stacks = new HashMap<>();
    private final UpstreamCalls upstream;
    private boolean ending;

    PollerShard(
            EventLoop loop,
            UpstreamCalls upstream,
            StackFactory factory,
            RetainedStacks retained,
            PollerMeters meters) {
        this.loop = loop;
        this.upstream = upstream;
        this.factory = factory;
        this.retained = retained;
        this.meters = meters;
    }

    EventLoop loop() {
        return loop;
    }

    Journal journal() {
        return journal;
    }

    /** Creates a reader, which has to {@link #join}. */
    StackReader newReader(Optional<EventId> lastEventId, Executor executor, Runnable ready) {
        return new StackReader(executor, ready, lastEventId, meters, left);
    }

    private void left(StackReader reader) {
        loop.execute(() -> reader.membership().leave(reader));
    }

    /** @param dropped runs instead, on any thread, if the loop is shut down before the reader has joined */
    void join(StackId id, StackReader reader, Runnable dropped) {
        loop.execute(() -> joinNow(id, reader), dropped);
    }

    private void joinNow(StackId id, StackReader reader) {
        if (ending) {
            reader.finish(StreamEnd.DRAINING);
        } else if (upstream.pauses().isMissing(id)) {
            reader.finish(StreamEnd.STACK_GONE);
        } else if (!reader.isLeaving()) {
            joinStack(id, reader);
        }
    }

    private void joinStack(StackId id, StackReader reader) {
        try {
            reader.membership().join(stacks.computeIfAbsent(id, this::create), reader);
        } catch (RuntimeException e) {
            LOG.error("Stack {} could not be opened", id, e);
            reader.finish(StreamEnd.INTERNAL);
        }
    }

    private StackLifecycle create(StackId id) {
        StackLifecycle stack = factory.create(id, this, upstream);
        meters.stackCreated();
        return stack;
    }

    /** @throws RegistryClosedException if the loop is shut down */
    void refresh(StackId id) {
        loop.requireRunning();
        loop.execute(() -> {
            upstream.pauses().forgetMissing(id); // it may just have been created
            StackLifecycle stack = stacks.get(id);
            if (stack != null) {
                stack.refresh();
            }
        });
    }

    @Override
    public void resumed(StackLifecycle stack) {
        retained.read(stack);
    }

    @Override
    public void retained(StackLifecycle stack) {
        retained.unread(stack);
    }

    @Override
    public void retired(StackLifecycle stack) {
        if (stacks.remove(stack.id(), stack)) {
            retained.remove(stack);
            meters.stackRetired();
        }
    }

    @Override
    public void gone(StackLifecycle stack) {
        retired(stack);
        upstream.pauses().missing(stack.id());
    }

    CompletableFuture<List<PollerStatus>> statuses() {
        return loop.ask(
                () -> stacks.values().stream().map(StackLifecycle::status).toList());
    }

    /** @param random must be thread-safe */
    void drain(Duration window, RandomGenerator random) {
        loop.execute(() -> {
            if (!ending) {
                ending = true;
                Supplier<Duration> moments = () -> Duration.ofNanos(random.nextLong(window.toNanos()));
                stacks.values().forEach(stack -> stack.drain(moments));
                loop.executeAfter(this::closeAll, window);
            }
        });
    }

    void close() {
        loop.execute(this::closeAll);
        loop.dropIfShutDown();
    }

    private void closeAll() {
        ending = true;
        List.copyOf(stacks.values()).forEach(stack -> {
            retired(stack);
            stack.close();
        });
    }
}
