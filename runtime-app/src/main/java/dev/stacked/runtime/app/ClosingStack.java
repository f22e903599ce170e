package dev.stacked.runtime.app;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The started parts of the server, stopped in reverse order. Thread-safe; a part is stopped outside the lock, so that its
 * stop may wait for a thread that adds another.
 */
final class ClosingStack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClosingStack.class);

    private final Deque<Runnable> stops = new ArrayDeque<>();

    /** Remembers how to stop something, and returns it. */
    synchronized <T> T add(T started, Consumer<? super T> stop) {
        stops.push(() -> stop.accept(started));
        return started;
    }

    /** Stops every part, those added meanwhile included, even if one fails. Idempotent. */
    @Override
    public void close() {
        for (Runnable stop = pop(); stop != null; stop = pop()) {
            try {
                stop.run();
            } catch (RuntimeException e) {
                LOG.warn("A part could not be stopped", e);
            }
        }
    }

    private synchronized @Nullable Runnable pop() {
        return stops.poll();
    }
}
