package dev.stacked.runtime.reconcile.http;

import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** The real clocks, threads and TLS that an {@link HttpReconciler} uses unless it is given others. */
final class SystemDefaults {
    private static final int LOOPS = 2;
    private static final int LOOKUP_IDLE_SECONDS = 30;

    private SystemDefaults() {}

    static Clock clock() {
        return Clock.systemUTC();
    }

    static LongSupplier nanoTime() {
        return System::nanoTime;
    }

    static HttpLoops loops() {
        AtomicInteger made = new AtomicInteger();
        return new HttpLoops(
                LOOPS, task -> daemon("upstream-" + made.incrementAndGet()).newThread(task));
    }

    /** A thread for lookups of host names, which lives while there are some. */
    static ExecutorService lookups() {
        ThreadPoolExecutor lookups = new ThreadPoolExecutor(
                1, 1, LOOKUP_IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemon("upstream-lookup"));
        lookups.allowCoreThreadTimeOut(true);
        return lookups;
    }

    static Supplier<SSLContext> sslContext() {
        return () -> {
            try {
                return SSLContext.getDefault();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("The JVM's default for TLS is broken.", e);
            }
        };
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
