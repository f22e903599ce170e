package dev.stacked.runtime.app;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The started parts of the server, stopped in reverse order. Parts are stopped outside the lock, so that a stop may
 * wait for a thread that adds another part. Thread-safe.
 */
final class ClosingStack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClosingStack.class);

    private final Deque<Runnable> stops = new ArrayDeque<>();

    /** Registers a part with its stop action, and returns the part. */
    synchronized <T> T add(T started, Consumer<? super T> stop) {
        stops.push(() -> stop.accept(started));
        return started;
    }

    /** Whether {@link #addClosable} accepts this part. */
    static boolean isClosable(Object part) {
        return part instanceof AutoCloseable || part instanceof ExecutorService;
    }

    /**
     * Registers a part to close. An executor is shut down without waiting for its tasks, on every JDK: from JDK 19 on
     * it is an {@code AutoCloseable} whose {@code close} may wait without limit.
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
            LOG.warn("{} was interrupted while closing", part.getClass().getName(), e);
        } catch (Exception e) {
            LOG.warn("{} could not be closed", part.getClass().getName(), e);
        }
    }

    /** Stops every part, including parts added meanwhile, even if one fails. Idempotent. */
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
