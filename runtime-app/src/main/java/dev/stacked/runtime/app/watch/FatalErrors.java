package dev.stacked.runtime.app.watch;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process after an error that leaves it in an unknown state, so that its supervisor starts another one. What
 * {@code -XX:+ExitOnOutOfMemoryError} does, whatever flags the JVM was started with. Thread-safe.
 *
 * <p>Libraries catch such errors and log them, so that no single place sees all. They are reported by the handler of
 * uncaught exceptions, by the app's executors, by the log, and by calls of the backend that fail.
 */
public final class FatalErrors {
    /** That of {@code -XX:+ExitOnOutOfMemoryError}. */
    static final int EXIT_CODE = 3;

    private static final Logger LOG = LoggerFactory.getLogger(FatalErrors.class);
    /** Causes of causes that are looked at. */
    private static final int MAX_DEPTH = 16;
    /** Standard error may be a pipe that nothing reads. */
    private static final int LAST_LINE_MILLIS = 500;

    // Made beforehand, as there may be no memory left to make them.
    private static final byte[] OUT_OF_MEMORY = line("out of memory, or the JVM is broken");
    private static final byte[] HEAP_EXHAUSTED = line("the heap is full and garbage collection frees nothing");
    private static final byte[] THREAD_DIED = line("an error ended a thread");
    private static final FileOutputStream STDERR = new FileOutputStream(FileDescriptor.err);
    private static final CountDownLatch ENDING = new CountDownLatch(1);
    private static final CountDownLatch WRITTEN = new CountDownLatch(1);

    private static volatile byte @Nullable [] lastLine;
    private static boolean installed;

    private FatalErrors() {}

    /** Watches this process from now on. Idempotent. An existing handler of uncaught exceptions is kept. */
    public static synchronized void install() {
        if (installed) {
            return;
        }
        installed = true;
        Thread writer = new Thread(FatalErrors::writeLastLine, "last-line");
        writer.setDaemon(true);
        writer.start();
        if (Thread.getDefaultUncaughtExceptionHandler() == null) {
            Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught(failure));
        }
    }

    private static void uncaught(Throwable failure) {
        report(failure);
        if (failure instanceof Error && !(failure instanceof StackOverflowError)) {
            end(THREAD_DIED);
        }
        LOG.error("A thread ended by an exception", failure);
    }

    /** Ends the process if the failure, or a cause of it, is fatal; does nothing else. Allocates nothing. */
    public static void report(@Nullable Throwable failure) {
        if (isFatal(failure)) {
            end(OUT_OF_MEMORY);
        }
    }

    /** An executor of one thread that reports the errors of its tasks, as a future would keep them. */
    public static ScheduledExecutorService reportedBy(ThreadFactory threads) {
        return new GuardedExecutor(threads);
    }

    /** Ends the process because of its heap. */
    static void heapExhausted() {
        end(HEAP_EXHAUSTED);
    }

    /** Whether the failure, or a cause of it, leaves the JVM in an unknown state. */
    static boolean isFatal(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (cause instanceof OutOfMemoryError || cause instanceof InternalError) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** Without shutdown hooks: they need memory and may wait. Before {@link #install} nothing happens. */
    @SuppressWarnings("SystemExitOutsideMain")
    private static void end(byte[] line) {
        if (!installed) {
            return;
        }
        try {
            lastLine = line;
            ENDING.countDown();
            WRITTEN.await(LAST_LINE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    private static void writeLastLine() {
        try {
            ENDING.await();
            byte[] line = lastLine;
            if (line != null) {
                STDERR.write(line);
            }
        } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt(); // the process ends without it
        } finally {
            WRITTEN.countDown();
        }
    }

    private static byte[] line(String reason) {
        return ("The process cannot go on and ends with exit code " + EXIT_CODE + ": " + reason + ".\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
