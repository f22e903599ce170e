package dev.stacked.runtime.testkit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** How long a test waits for what sockets and threads bring about in their own time. */
public final class Patience {
    /** How long anything may take before a test fails: long, as machines may be busy. */
    public static final Duration LIMIT = Duration.ofSeconds(20);

    private Patience() {}

    /**
     * Waits until a condition holds, which is asked every millisecond.
     *
     * @param what what is waited for, as the failure shall name it
     */
    public static void await(String what, BooleanSupplier condition) {
        CompletableFuture<Boolean> over =
                new CompletableFuture<Boolean>().completeOnTimeout(true, LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        while (!condition.getAsBoolean()) {
            if (over.isDone()) {
                throw new AssertionError("Waited in vain: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        over.cancel(false);
    }
}
