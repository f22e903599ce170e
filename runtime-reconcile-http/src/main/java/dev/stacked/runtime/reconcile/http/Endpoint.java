package dev.stacked.runtime.reconcile.http;

import static java.net.HttpURLConnection.HTTP_BAD_REQUEST;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_NOT_MODIFIED;
import static java.net.HttpURLConnection.HTTP_OK;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.reconcile.http.AttemptException.Evidence;
import dev.stacked.runtime.reconcile.http.AttemptException.Remedy;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * One route of the upstream: interprets its answers and failures. Thread-safe.
 *
 * @param <T> the content of a successful answer
 */
final class Endpoint<T> {
    private final Route route;
    private final ErrorCode failureCode;
    private final UpstreamReader reader;
    private final Function<byte[], T> success;
    private final Clock clock;
    private final ErrorTexts texts;
    private final Redaction redaction;

    /** @param success reads the body of a successful answer; throws a {@link ReconcileException} if it is invalid */
    Endpoint(
            Route route,
            UpstreamReader reader,
            Function<byte[], T> success,
            Clock clock,
            ErrorTexts texts,
            Redaction redaction) {
        this.route = route;
        this.failureCode = route == Route.STACK ? ErrorCode.UPSTREAM_UNAVAILABLE : ErrorCode.RECONCILE_FAILED;
        this.reader = reader;
        this.success = success;
        this.clock = clock;
        this.texts = texts;
        this.redaction = redaction;
    }

    Route route() {
        return route;
    }

    /**
     * Reads a complete answer.
     *
     * @throws AttemptException if it is not a success as the contract defines it
     */
    T understand(Answer answer) {
        if (answer.status() != HTTP_OK && answer.status() != HTTP_NOT_MODIFIED) {
            throw refusal(answer);
        }
        try {
            if (answer.status() == HTTP_NOT_MODIFIED) {
                throw JsonField.invalid("it is 304 to a request without a condition.");
            }
            if (answer.body().isTooLarge()) {
                throw JsonField.invalid("it is larger than " + Body.MAX_BYTES + " bytes.");
            }
            return success.apply(answer.body().bytes());
        } catch (ReconcileException e) {
            throw invalid(e, answer.status());
        }
    }

    private AttemptException invalid(ReconcileException broken, int status) {
        String detail = broken.getCause() instanceof IllegalArgumentException rule
                ? redaction.clean(String.valueOf(rule.getMessage()))
                : "";
        String full = detail.isEmpty() ? broken.message() : broken.message() + " " + detail;
        String message = texts.choose(broken.message(), full);
        return new AttemptException(broken.code(), message, Evidence.UP, Remedy.NONE, Duration.ZERO, broken)
                .withReason(Reasons.ofInvalid(status))
                .withDetail(detail);
    }

    private AttemptException refusal(Answer answer) {
        int status = answer.status();
        Optional<UpstreamError> error = reader.readError(answer.body().bytes());
        if (status == HTTP_NOT_FOUND && isStackMissing(error)) {
            return missing("Stack not found.", status);
        }
        String detail = error.map(words -> redaction.clean(words.summary())).orElse("");
        String ours = "The upstream answered " + status + ".";
        boolean stageMissing = route != Route.STACK
                && status == HTTP_NOT_FOUND
                && error.filter(UpstreamError::isStageNotFound).isPresent();
        return new AttemptException(
                        stageMissing ? ErrorCode.STACK_NOT_FOUND : failureCode,
                        texts.choose(ours, detail.isEmpty() ? ours : "The upstream answered " + status + " " + detail),
                        route == Route.STACK ? evidenceOf(status) : Evidence.NONE,
                        remedy(status),
                        RetryAfter.of(answer.values("retry-after"), clock),
                        null)
                .withReason(Reasons.ofStatus(status))
                .withDetail(detail);
    }

    /**
     * A 404 without an error of the contract comes from another kind of backend, which has no other way to say that the
     * stack does not exist. One with such an error may have another cause.
     */
    private boolean isStackMissing(Optional<UpstreamError> error) {
        return route == Route.STACK
                && (error.isEmpty()
                        || error.filter(UpstreamError::isStackNotFound).isPresent());
    }

    private static AttemptException missing(String message, int status) {
        return new AttemptException(ErrorCode.STACK_NOT_FOUND, message, Evidence.UP, Remedy.NONE, Duration.ZERO, null)
                .withReason(Reasons.ofStatus(status));
    }

    /** Gateways answer with these three when the service behind them fails; for a reconcile, it may be the stage alone. */
    private static Evidence evidenceOf(int status) {
        return status >= 502 && status <= 504 ? Evidence.DOWN : Evidence.UP;
    }

    /** The 400 of a reconcile often means that the upstream read a file at the wrong moment. */
    private Remedy remedy(int status) {
        boolean passes = status == 408 || status == 425 || status == 429 || status >= 500;
        if (passes) {
            return Remedy.RETRY;
        }
        return status == HTTP_BAD_REQUEST && route != Route.STACK ? Remedy.RETRY_ONCE : Remedy.NONE;
    }

    /** The failure of an attempt without a complete answer. */
    AttemptException lost(Exception failure) {
        if (failure instanceof UpstreamTimeoutException timeout && timeout.wasConnected()) {
            // The stack document is cheap for the upstream; a reconcile may be slow because of its stage alone.
            Evidence evidence = route == Route.STACK ? Evidence.DOWN : Evidence.NONE;
            return lost(String.valueOf(failure.getMessage()), evidence, Remedy.RETRY, failure);
        }
        if (failure instanceof IOException) {
            // Its message is not for clients: it can contain addresses.
            return lost("The connection to the upstream failed.", Evidence.DOWN, Remedy.RETRY, failure);
        }
        return lost("The upstream could not be called.", Evidence.NONE, Remedy.NONE, failure);
    }

    private AttemptException lost(String message, Evidence evidence, Remedy remedy, Exception cause) {
        return new AttemptException(failureCode, message, evidence, remedy, Duration.ZERO, cause)
                .withReason(Reasons.ofLost(cause));
    }

    /** Converts the last failure of a call for its caller; an {@link Error} is passed on. */
    Throwable report(Throwable failure) {
        if (failure instanceof AttemptException attempt) {
            return attempt.toReconcileException();
        }
        if (failure instanceof CallNotPermittedException) {
            String message = "The upstream has failed too often; calls to it are suspended for a moment.";
            return new ReconcileException(ErrorCode.UPSTREAM_UNAVAILABLE, message, Duration.ZERO, failure)
                    .withReason("circuit breaker open");
        }
        return failure instanceof Exception other ? lost(other).toReconcileException() : failure;
    }
}
