package dev.stacked.runtime.reconcile.http;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Event loops that do network I/O for an {@link HttpReconciler} and run tasks and timers as well. A call that is made on
 * one of them stays on its thread until it is answered, so poll stacks on them: {@code
 * PollerRegistry.builder(reconciler).loops(loops.executors())}. Calls that are made on other threads are spread over the
 * loops. Threads start with the first call. Thread-safe.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the end is not waited for
public final class HttpLoops implements AutoCloseable {
    private final EventLoopGroup group;
    private final List<EventLoop> loops;
    private final ExecutorService lookups;
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * Creates loops without starting their threads.
     *
     * @param count number of loops, from 1
     * @param threads makes the thread of each loop, in order
     */
    public HttpLoops(int count, ThreadFactory threads) {
        this.group = new MultiThreadIoEventLoopGroup(count, threads, NioIoHandler.newFactory());
        this.loops = new ArrayList<>(count);
        for (EventExecutor loop : group) {
            loops.add((EventLoop) loop);
        }
        this.lookups = SystemDefaults.lookups();
    }

    /** The loops as executors with one thread each. */
    public List<ScheduledExecutorService> executors() {
        return List.copyOf(loops);
    }

    /** The loop that this thread belongs to, or else the next in turn. */
    EventLoop loop() {
        EventLoop own = current();
        return own == null ? loops.get(Math.floorMod(turn.getAndIncrement(), loops.size())) : own;
    }

    private @Nullable EventLoop current() {
        for (EventLoop loop : loops) {
            if (loop.inEventLoop()) {
                return loop;
            }
        }
        return null;
    }

    List<EventLoop> all() {
        return List.copyOf(loops);
    }

    /** Runs lookups of host names, which block. */
    Executor lookups() {
        return lookups;
    }

    /** Closes all connections and ends the threads, without waiting for them. Idempotent. */
    @Override
    public void close() {
        lookups.shutdownNow();
        group.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
    }
}
