package dev.stacked.runtime.reconcile.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Passes results from one future to the next, and cancellations back, which {@link CompletableFuture} does not. */
final class Futures {
    private Futures() {}

    /** Starts a task. Anything that it throws, even an {@link Error}, becomes the failure of the returned future. */
    static <T> CompletableFuture<T> start(Supplier<CompletableFuture<T>> task) {
        try {
            return task.get();
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Calls {@code listener} when a future has ended; exceptions of the listener are lost. */
    static <T> void whenDone(
            CompletionStage<T> source, BiConsumer<? super @Nullable T, ? super @Nullable Throwable> listener) {
        source.whenComplete(listener);
    }

    /** Ends {@code target} with either the value or the failure. */
    static <T> void settle(CompletableFuture<T> target, @Nullable T value, @Nullable Throwable failure) {
        if (failure == null) {
            target.complete(value);
        } else {
            target.completeExceptionally(causeOf(failure));
        }
    }

    /** Cancels {@code source} when {@code dependent} has ended, since its result is no longer needed. */
    static void cancelWith(CompletionStage<?> dependent, Future<?> source) {
        dependent.whenComplete((value, failure) -> source.cancel(true));
    }

    /** The failure without the wrapper that a dependent future adds. */
    static Throwable causeOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
