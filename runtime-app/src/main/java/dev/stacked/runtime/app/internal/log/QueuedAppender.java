package dev.stacked.runtime.app.internal.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes the log on a separate thread, so that a pipe without a reader blocks no other thread. Queues at most
 * {@link #CAPACITY} lines; more are dropped and counted. Thread-safe.
 */
final class QueuedAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    /** Enough for a burst of ten thousand streams that open or close, at the speed of a terminal. */
    static final int CAPACITY = 8192;

    private static final long POLL_MILLIS = 5;

    private final Appender<ILoggingEvent> target;
    private final BlockingQueue<ILoggingEvent> waiting = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private @Nullable Thread writer;

    /** @param target writes the lines; called by one thread */
    QueuedAppender(Appender<ILoggingEvent> target) {
        this.target = target;
    }

    Appender<ILoggingEvent> target() {
        return target;
    }

    @Override
    public synchronized void start() {
        if (writer == null) {
            writer = new Thread(this::write, "log");
            writer.setDaemon(true);
            writer.start();
        }
        super.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        event.prepareForDeferredProcessing();
        if (waiting.offer(event)) {
            accepted.incrementAndGet();
        } else {
            dropped.incrementAndGet();
        }
    }

    private void write() {
        try {
            while (true) {
                target.doAppend(waiting.take());
                written.incrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // stopped
        }
    }

    /** Number of lines dropped since the start. */
    long dropped() {
        return dropped.get();
    }

    /**
     * Waits until earlier lines are written.
     *
     * @return false if that takes longer than the limit
     */
    boolean flush(Duration limit) {
        long start = System.nanoTime();
        long last = accepted.get();
        try {
            while (written.get() < last) {
                if (System.nanoTime() - start > limit.toNanos()) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Does not stop the target, since the writer may be blocked in it. */
    @Override
    public synchronized void stop() {
        super.stop();
        if (writer != null) {
            writer.interrupt();
            writer = null;
        }
    }
}
