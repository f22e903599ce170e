package dev.stacked.runtime.app;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
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

    /** Whether {@link #addClosable} takes it. */
    static boolean isClosable(Object part) {
        return part instanceof AutoCloseable || part instanceof ExecutorService;
    }

    /**
     * Remembers to close something that is closable. An executor is shut down without waiting for its tasks, on every
     * JDK: it is an {@code AutoCloseable} from JDK 19 on, whose {@code close} may wait for ever.
     */
    void addClosable(Object closable) {
        if (closable instanceof ExecutorService executor) {
            add(executor, ExecutorService::shutdownNow);
        } else if (closable instanceof AutoCloseable part) {
            add(part, ClosingStack::close);
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("{} was interrupted while it closed", part.getClass().getName(), e);
        } catch (Exception e) {
            LOG.warn("{} could not be closed", part.getClass().getName(), e);
        }
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
