package dev.stacked.runtime.app.log;

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
 * Writes the log on a thread of its own, so that a pipe that nothing reads stops no other thread. Keeps at most
 * {@link #CAPACITY} lines that are not written yet; more are dropped and counted. Thread-safe.
 */
final class QueuedAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    /** A burst of ten thousand streams that open or close fits in, if it is written as fast as a terminal does. */
    static final int CAPACITY = 8192;

    private static final long POLL_MILLIS = 5;

    private final Appender<ILoggingEvent> target;
    private final BlockingQueue<ILoggingEvent> waiting = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private @Nullable Thread writer;

    /** @param target writes the lines, and is called by one thread */
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

    /** Lines that were dropped since the start. */
    long dropped() {
        return dropped.get();
    }

    /**
     * Waits until what was logged before is written.
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

    /** Leaves the target as it is: the writer may hang in it. */
    @Override
    public synchronized void stop() {
        super.stop();
        if (writer != null) {
            writer.interrupt();
            writer = null;
        }
    }
}
