package dev.stacked.runtime.access;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls the authorizer, which is foreign code: whatever it does, each call has one answer, in time and on the thread
 * that called. Thread-safe.
 */
final class AuthorizerCalls {
    /** A timer that is later than this was delayed by a pause of the process, in which no answer could arrive. */
    static final Duration MAX_LATENESS = Duration.ofSeconds(1);

    private final StreamAuthorizer authorizer;
    private final Duration timeout;
    private final LongSupplier nanoTime;
    private final AuthorizerHealth health;

    /**
     * @param timeout how long an answer may take, without pauses of the process
     * @param clock the time of day
     * @param nanoTime elapsed time, as {@link System#nanoTime()} gives it
     */
    AuthorizerCalls(StreamAuthorizer authorizer, Duration timeout, Clock clock, LongSupplier nanoTime) {
        this.authorizer = authorizer;
        this.timeout = timeout;
        this.nanoTime = nanoTime;
        this.health = new AuthorizerHealth(clock);
    }

    /**
     * Calls the authorizer once.
     *
     * @param thread the thread that this is called on
     * @param answer receives the answer, at once or later on the same thread; empty if there is none
     */
    void ask(AccessRequest request, TimerExecutor thread, Consumer<Optional<Access>> answer) {
        CompletableFuture<Access> call = call(request);
        CompletableFuture<Optional<Access>> outcome = call.handle(this::outcome);
        if (outcome.isDone()) {
            answer.accept(outcome.join());
            return;
        }
        Timeout timer = new Timeout(call, thread);
        timer.start();
        CompletionStage<Optional<Access>> later = outcome;
        later.thenAccept(access -> thread.execute(() -> {
            timer.cancel();
            answer.accept(access);
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

    private CompletableFuture<Access> call(AccessRequest request) {
        CompletableFuture<Access> call = new CompletableFuture<>();
        try {
            CompletionStage<Access> stage = authorizer.authorize(request);
            stage.whenComplete((access, failure) -> {
                if (failure == null) {
                    call.complete(access);
                } else {
                    call.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException | Error e) { // a class that is missing must not end all further calls
            call.completeExceptionally(e);
        }
        return call;
    }

    private Optional<Access> outcome(@Nullable Access access, @Nullable Throwable failure) {
        if (access == null) {
            health.failed(failure);
        } else {
            health.answered();
        }
        return Optional.ofNullable(access);
    }

    /** Fails a call that takes too long. Confined to its thread. */
    private final class Timeout {
        private final CompletableFuture<Access> call;
        private final TimerExecutor thread;
        private TimerExecutor.@Nullable Timer timer;
        private long due;

        private Timeout(CompletableFuture<Access> call, TimerExecutor thread) {
            this.call = call;
            this.thread = thread;
        }

        private void start() {
            due = nanoTime.getAsLong() + timeout.toNanos();
            try {
                timer = thread.executeAfter(timeout, this::expired);
            } catch (RejectedExecutionException e) {
                timer = null; // the server has stopped, and with it the connection of this request
            }
        }

        private void expired() {
            if (nanoTime.getAsLong() - due > MAX_LATENESS.toNanos()) {
                start();
            } else {
                call.completeExceptionally(new TimeoutException("No answer within " + timeout));
            }
        }

        private void cancel() {
            if (timer != null) {
                timer.cancel();
            }
        }
    }
}
