package dev.stacked.runtime.transport.undertow;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;

/**
 * Asks the authorizer, which is foreign code: whatever it does, there is one answer to each question, in time and on
 * the I/O thread that asked. Thread-safe.
 */
final class AuthorizerCalls {
    private final StreamAuthorizer authorizer;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final AuthorizerHealth health;

    /**
     * @param patience how long an answer may take
     * @param clock the time of day
     * @param nanoTime elapsed time, as {@link System#nanoTime()} gives it
     */
    AuthorizerCalls(StreamAuthorizer authorizer, Duration patience, Clock clock, LongSupplier nanoTime) {
        this.authorizer = authorizer;
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.health = new AuthorizerHealth(clock);
    }

    /**
     * Asks once.
     *
     * @param thread the thread that this is called on
     * @param answer is given the answer, at once or later on the same thread; empty if there is none
     */
    void ask(AccessRequest request, XnioExecutor thread, Consumer<Optional<Access>> answer) {
        CompletableFuture<Access> question = question(request);
        CompletableFuture<Optional<Access>> outcome = question.handle(this::outcome);
        if (outcome.isDone()) {
            answer.accept(outcome.join());
            return;
        }
        ProgressTimer timer = new ProgressTimer(
                thread,
                patience,
                nanoTime,
                () -> question.completeExceptionally(new TimeoutException("No answer within " + patience)));
        timer.start();
        CompletionStage<Optional<Access>> later = outcome;
        later.thenAccept(told -> thread.execute(() -> {
            timer.end();
            answer.accept(told);
        }));
    }

    /** Whether the request has credentials that were valid recently. */
    boolean remembers(AccessRequest request) {
        try {
            return authorizer.remembers(request);
        } catch (RuntimeException e) {
            health.failed(e);
            return false;
        }
    }

    private CompletableFuture<Access> question(AccessRequest request) {
        CompletableFuture<Access> question = new CompletableFuture<>();
        try {
            CompletionStage<Access> stage = authorizer.authorize(request);
            stage.whenComplete((access, failure) -> {
                if (failure == null) {
                    question.complete(access);
                } else {
                    question.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException | Error e) { // a class that is missing where it runs is no reason to ask no more
            question.completeExceptionally(e);
        }
        return question;
    }

    private Optional<Access> outcome(@Nullable Access access, @Nullable Throwable failure) {
        if (access == null) {
            health.failed(failure);
        } else {
            health.answered();
        }
        return Optional.ofNullable(access);
    }
}
