package dev.stacked.runtime.reconcile.http;

import static java.net.HttpURLConnection.HTTP_NOT_MODIFIED;
import static java.net.HttpURLConnection.HTTP_OK;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StageRuntime;
import dev.stacked.runtime.reconcile.http.AttemptException.Evidence;
import dev.stacked.runtime.reconcile.http.AttemptException.Remedy;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One route of the upstream: interprets its answers and failures. Thread-safe.
 *
 * @param <T> the content of a successful answer
 */
final class Endpoint<T> {
    private enum Route {
        STACK,
        RECONCILE
    }

    private final Route route;
    private final ErrorCode failureCode;
    private final UpstreamReader reader;
    private final Function<byte[], T> success;
    private final Clock clock;

    private Endpoint(
            Route route, ErrorCode failureCode, UpstreamReader reader, Function<byte[], T> success, Clock clock) {
        this.route = route;
        this.failureCode = failureCode;
        this.reader = reader;
        this.success = success;
        this.clock = clock;
    }

    /** The stack document. It is cheap for the upstream, so a timeout means that the upstream is in trouble. */
    static Endpoint<StackDocument> stack(UpstreamReader reader, Clock clock) {
        return new Endpoint<>(Route.STACK, ErrorCode.UPSTREAM_UNAVAILABLE, reader, reader::readStack, clock);
    }

    /** The reconcile of a stage. A timeout may be due to that stage alone. */
    static Endpoint<StageRuntime> reconcile(UpstreamReader reader, Clock clock) {
        return new Endpoint<>(Route.RECONCILE, ErrorCode.RECONCILE_FAILED, reader, reader::readRuntime, clock);
    }

    /** The name of the route, one word. */
    String routeName() {
        return route.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a complete answer.
     *
     * @throws AttemptException if it is not a success as the contract defines it
     */
    T understand(HttpResponse<Body> answer) {
        if (answer.statusCode() != HTTP_OK && answer.statusCode() != HTTP_NOT_MODIFIED) {
            throw refusal(answer);
        }
        try {
            if (answer.statusCode() == HTTP_NOT_MODIFIED) {
                throw JsonField.invalid("it is 304 to a request without a condition.");
            }
            if (answer.body().isTooLarge()) {
                throw JsonField.invalid("it is larger than " + Body.MAX_BYTES + " bytes.");
            }
            return success.apply(answer.body().bytes());
        } catch (ReconcileException e) {
            throw new AttemptException(e.code(), e.message(), Evidence.UP, Remedy.NONE, Duration.ZERO, e)
                    .withReason(Reasons.ofInvalid(answer.statusCode()));
        }
    }

    private AttemptException refusal(HttpResponse<Body> answer) {
        int status = answer.statusCode();
        Optional<UpstreamError> error = reader.readError(answer.body().bytes());
        if (route == Route.STACK
                && status == 404
                && error.filter(UpstreamError::isStackNotFound).isPresent()) {
            String message = "Stack not found.";
            return new AttemptException(
                            ErrorCode.STACK_NOT_FOUND, message, Evidence.UP, Remedy.NONE, Duration.ZERO, null)
                    .withReason(Reasons.ofStatus(status));
        }
        boolean stageMissing = route != Route.STACK
                && status == 404
                && error.filter(UpstreamError::isStageNotFound).isPresent();
        return new AttemptException(
                        stageMissing ? ErrorCode.STACK_NOT_FOUND : failureCode,
                        "The upstream answered " + status
                                + error.map(body -> " " + body.summary()).orElse("."),
                        route == Route.STACK ? evidenceOf(status) : Evidence.NONE,
                        remedy(status),
                        RetryAfter.of(answer.headers(), clock),
                        null)
                .withReason(Reasons.ofStatus(status));
    }

    /** Gateways answer with these three when the service behind them fails; for a reconcile, it may be the stage alone. */
    private static Evidence evidenceOf(int status) {
        return status >= 502 && status <= 504 ? Evidence.DOWN : Evidence.UP;
    }

    private static Remedy remedy(int status) {
        boolean passes = status == 408 || status == 425 || status == 429 || status >= 500;
        return passes ? Remedy.RETRY : Remedy.NONE;
    }

    /** The failure of an attempt without a complete answer. */
    AttemptException lost(Exception failure) {
        if (failure instanceof HttpTimeoutException && !(failure instanceof HttpConnectTimeoutException)) {
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
        if (failure instanceof BulkheadFullException) {
            String message = "The call waited too long for other calls to the upstream.";
            return new ReconcileException(failureCode, message, Duration.ZERO, failure)
                    .withReason("waited too long for other calls");
        }
        return failure instanceof Exception other ? lost(other).toReconcileException() : failure;
    }
}
