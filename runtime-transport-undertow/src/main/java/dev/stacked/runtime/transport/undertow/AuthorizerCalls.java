package dev.stacked.runtime.transport.undertow;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.XnioExecutor;

/**
 * Asks the authorizer, which is foreign code: whatever it does, there is one answer to each question, in time and on
 * the I/O thread that asked. Thread-safe.
 */
final class AuthorizerCalls {
    private static final Logger LOG = LoggerFactory.getLogger(AuthorizerCalls.class);

    private final StreamAuthorizer authorizer;
    private final Duration patience;
    private final AtomicBoolean failing = new AtomicBoolean();

    /** @param patience how long an answer may take */
    AuthorizerCalls(StreamAuthorizer authorizer, Duration patience) {
        this.authorizer = authorizer;
        this.patience = patience;
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
        XnioExecutor.Key timer = thread.executeAfter(
                () -> question.completeExceptionally(new TimeoutException("No answer within " + patience)),
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
        CompletionStage<Optional<Access>> later = outcome;
        later.thenAccept(told -> thread.execute(() -> {
            timer.remove();
            answer.accept(told);
        }));
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
        } catch (RuntimeException e) {
            question.completeExceptionally(e);
        }
        return question;
    }

    private Optional<Access> outcome(@Nullable Access access, @Nullable Throwable failure) {
        if (access == null) {
            if (failing.compareAndSet(false, true)) {
                LOG.warn("The authorizer fails; who comes is refused, who is there stays", failure);
            } else {
                LOG.debug("The authorizer fails", failure);
            }
        } else if (failing.compareAndSet(true, false)) {
            LOG.info("The authorizer answers again");
        }
        return Optional.ofNullable(access);
    }
}
