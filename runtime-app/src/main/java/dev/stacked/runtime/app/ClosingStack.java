package dev.stacked.runtime.app;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started, to be stopped in reverse order. Thread-safe. */
final class ClosingStack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClosingStack.class);

    private final Deque<Runnable> stops = new ArrayDeque<>();

    /** Remembers how to stop something, and returns it. */
    synchronized <T> T add(T started, Consumer<? super T> stop) {
        stops.push(() -> stop.accept(started));
        return started;
    }

    /** Stops all, whether or not one of them fails. Idempotent. */
    @Override
    public synchronized void close() {
        while (!stops.isEmpty()) {
            try {
                stops.pop().run();
            } catch (RuntimeException e) {
                LOG.warn("A part could not be stopped", e);
            }
        }
    }
}
