package dev.stacked.runtime.testkit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for the effects of sockets and threads. */
public final class Patience {
    /** Time limit of a wait before the test fails; generous, since machines may be busy. */
    public static final Duration LIMIT = Duration.ofSeconds(20);

    private Patience() {}

    /**
     * Waits until a condition holds; checks it every millisecond.
     *
     * @param what names the condition in the failure message
     */
    public static void await(String what, BooleanSupplier condition) {
        CompletableFuture<Boolean> over =
                new CompletableFuture<Boolean>().completeOnTimeout(true, LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        while (!condition.getAsBoolean()) {
            if (over.isDone()) {
                throw new AssertionError("Timed out waiting for: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        over.cancel(false);
    }
}
