package dev.stacked.runtime.app.internal.watch;

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
 * Ends the process after an error that leaves it in an unknown state, so that its supervisor restarts it. Works like
 * {@code -XX:+ExitOnOutOfMemoryError}, but independently of JVM flags. Thread-safe.
 *
 * <p>Libraries catch such errors and log them, so that no single place sees them all. They are reported by the handler
 * of uncaught exceptions, by the app's executors, by the log, and by failed calls of the backend.
 */
public final class FatalErrors {
    /** The exit code of {@code -XX:+ExitOnOutOfMemoryError}. */
    static final int EXIT_CODE = 3;

    private static final Logger LOG = LoggerFactory.getLogger(FatalErrors.class);
    /** Maximum number of nested causes to check. */
    private static final int MAX_DEPTH = 16;
    /** Limits the write, since standard error may be a pipe without a reader. */
    private static final int LAST_LINE_MILLIS = 500;

    // Created in advance, since there may be no memory left later.
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
        LOG.error("An exception ended a thread", failure);
    }

    /** Ends the process if the failure or one of its causes is fatal. Allocates nothing. */
    public static void report(@Nullable Throwable failure) {
        if (isFatal(failure)) {
            end(OUT_OF_MEMORY);
        }
    }

    /** A single-threaded executor that reports errors of its tasks, which a future would otherwise hide. */
    public static ScheduledExecutorService reportedBy(ThreadFactory threads) {
        return new GuardedExecutor(threads);
    }

    /** Ends the process because of its heap. */
    static void heapExhausted() {
        end(HEAP_EXHAUSTED);
    }

    /** Whether the failure or one of its causes leaves the JVM in an unknown state. */
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

    /** Skips shutdown hooks, which need memory and may block. Has no effect before {@link #install}. */
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
