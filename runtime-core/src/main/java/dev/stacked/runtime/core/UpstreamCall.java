package dev.stacked.runtime.core;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of the {@link Reconciler} that surely ends: with its answer, its failure, or when its budget is used up.
 * Whatever arrives later, or after {@link #cancel}, is dropped. Confined to the stack's event loop.
 */
final class UpstreamCall<T> {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamCall.class);

    private final EventLoop loop;
    private final ErrorCode otherwise;
    private final BiConsumer<@Nullable T, @Nullable ReconcileException> outcome;
    private boolean ended;
    private @Nullable CompletionStage<T> request;
    private @Nullable Future<?> timer;

    /**
     * @param otherwise the code of failures that do not say one
     * @param outcome gets either the answer or the failure, once, on the loop
     */
    UpstreamCall(EventLoop loop, ErrorCode otherwise, BiConsumer<@Nullable T, @Nullable ReconcileException> outcome) {
        this.loop = loop;
        this.otherwise = otherwise;
        this.outcome = outcome;
    }

    void start(Supplier<CompletionStage<T>> call, Duration budget) {
        timer = loop.schedule(() -> timedOut(budget), budget);
        try {
            request = call.get();
            request.whenComplete((answer, failure) -> loop.execute(() -> settle(answer, failure)));
        } catch (RuntimeException e) {
            loop.execute(() -> end(null, failure(e)));
        }
    }

    private void settle(@Nullable T answer, @Nullable Throwable failure) {
        if (failure != null) {
            end(null, failure(failure));
        } else if (answer == null) {
            end(null, new ReconcileException(ErrorCode.INVALID_UPSTREAM_RESPONSE, "The upstream answered nothing."));
        } else {
            end(answer, null);
        }
    }

    private void timedOut(Duration budget) {
        abandon();
        end(
                null,
                new ReconcileException(otherwise, "The upstream did not answer within " + budget.toMillis() + " ms.")
                        .withReason("no answer in time"));
    }

    /** The answer is no longer needed. */
    void cancel() {
        ended = true;
        abandon();
        stopTimer();
    }

    /** Some futures refuse to be cancelled, such as a minimal stage: then the answer is only dropped. */
    private void abandon() {
        if (request instanceof Future<?> future) {
            try {
                future.cancel(true);
            } catch (RuntimeException e) {
                LOG.debug("A call could not be cancelled", e);
            }
        }
    }

    private void end(@Nullable T answer, @Nullable ReconcileException failure) {
        if (ended) {
            return;
        }
        ended = true;
        stopTimer();
        outcome.accept(answer, failure);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private ReconcileException failure(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return cause instanceof ReconcileException known
                ? known
                : new ReconcileException(otherwise, "The upstream could not be called.", Duration.ZERO, cause);
    }
}
