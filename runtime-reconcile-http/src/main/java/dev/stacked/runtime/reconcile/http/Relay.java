package dev.stacked.runtime.reconcile.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Passes results on from one future to the next, and cancellations back, which {@link CompletableFuture} does not. */
final class Relay {
    private Relay() {}

    /** Starts a task of which a throw is a failure like any other: an Error too goes to whoever waits for the result. */
    static <T> CompletableFuture<T> start(Supplier<CompletableFuture<T>> task) {
        try {
            return task.get();
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Tells {@code listener} how a future ended; what it throws is lost. */
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

    /** Cancels {@code source} once {@code dependent} has ended, as nobody waits for it any more. */
    static void cancelWith(CompletionStage<?> dependent, Future<?> source) {
        dependent.whenComplete((value, failure) -> source.cancel(true));
    }

    /** What went wrong, without the wrapping that a dependent future adds. */
    static Throwable causeOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
