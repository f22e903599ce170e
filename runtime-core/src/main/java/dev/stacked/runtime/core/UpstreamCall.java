package dev.stacked.runtime.core;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of the {@link Reconciler} that surely ends: with its answer, its failure, or at its deadline.
 * Whatever arrives later, or after {@link #cancel}, is dropped. Confined to the stack's event loop.
 */
final class UpstreamCall<T> {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamCall.class);

    private final EventLoop loop;
    private final Poll.Turns turns;
    private final ErrorCode otherwise;
    private final BiConsumer<@Nullable T, @Nullable ReconcileException> outcome;
    private boolean ended;
    private @Nullable CompletionStage<T> request;
    private @Nullable Future<?> timer;
    private CallTurn turn = CallTurn.TAKEN;

    /**
     * @param otherwise the code of failures that do not say one
     * @param outcome gets either the answer or the failure, once, on the loop
     */
    UpstreamCall(
            EventLoop loop,
            Poll.Turns turns,
            ErrorCode otherwise,
            BiConsumer<@Nullable T, @Nullable ReconcileException> outcome) {
        this.loop = loop;
        this.turns = turns;
        this.otherwise = otherwise;
        this.outcome = outcome;
    }

    /** Makes the call when its turn has come; only then the context is asked for. */
    void start(Supplier<CallContext> context, Function<CallContext, CompletionStage<T>> call) {
        turn = turns.await(loop, () -> call(context.get(), call));
    }

    private void call(CallContext context, Function<CallContext, CompletionStage<T>> call) {
        timer = loop.schedule(() -> checkDeadline(context), context.budget());
        try {
            request = call.apply(context);
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

    /** While the call waits for its turn, the deadline is checked as often as it may come closer by the turn. */
    private void checkDeadline(CallContext context) {
        Duration left = context.timeLeft();
        if (left.isZero()) {
            abandon();
            end(null, context.isSuspended() ? waitedTooLong() : timedOut(context.budget()));
        } else {
            Duration next = context.isSuspended() ? Durations.shorter(context.budget(), left) : left;
            timer = loop.schedule(() -> checkDeadline(context), next);
        }
    }

    private ReconcileException timedOut(Duration budget) {
        return new ReconcileException(otherwise, "The upstream did not answer within " + budget.toMillis() + " ms.")
                .withReason("no answer in time");
    }

    private ReconcileException waitedTooLong() {
        return new ReconcileException(otherwise, "The call waited too long for other calls to the upstream.")
                .withReason("waited too long for other calls");
    }

    /** The answer is no longer needed. */
    void cancel() {
        ended = true;
        turn.giveUp();
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
