package dev.stacked.runtime.reconcile.http;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The attempts of one call, one after the other. Each has its own span and the remaining time of the budget. */
final class Attempts<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private final UpstreamRequest<T> question;
    private final HttpExchange exchange;
    private final Duration timeout;
    private final CallBudget budget;
    private final Trace trace;

    /** @param timeout of one attempt */
    Attempts(UpstreamRequest<T> question, HttpExchange exchange, Duration timeout, CallBudget budget, Trace trace) {
        this.question = question;
        this.exchange = exchange;
        this.timeout = timeout;
        this.budget = budget;
        this.trace = trace;
    }

    /** Makes the next attempt. Fails with an {@link AttemptException}; cancelling it closes the connection. */
    CompletableFuture<T> next() {
        budget.begin();
        String parent = trace.nextParent();
        HttpRequest request = HttpRequest.newBuilder(question.request(), (name, value) -> true)
                .setHeader("traceparent", parent)
                .build();
        CompletableFuture<HttpResponse<Body>> answer = exchange.send(request, budget.limit(timeout));
        CompletableFuture<T> outcome = answer.handle((response, failure) -> outcome(parent, response, failure));
        Futures.cancelWith(outcome, answer);
        return outcome;
    }

    private T outcome(String parent, @Nullable HttpResponse<Body> response, @Nullable Throwable failure) {
        if (failure != null) {
            log(parent, failure.getClass().getSimpleName());
            throw lost(failure);
        }
        return understood(parent, Objects.requireNonNull(response));
    }

    private T understood(String parent, HttpResponse<Body> response) {
        try {
            return question.reading().apply(response);
        } catch (AttemptException e) {
            log(parent, response.statusCode() + ", " + e.code().wireName());
            throw e;
        }
    }

    private RuntimeException lost(Throwable failure) {
        return failure instanceof Exception exception
                ? question.endpoint().lost(exception)
                : new CompletionException(failure);
    }

    /** Logs neither messages nor bodies: they come from the upstream and may contain anything. */
    private void log(String parent, String what) {
        if (LOG.isDebugEnabled()) {
            trace.log(() -> LOG.debug("{} failed: {} (traceparent {})", question, what, parent));
        }
    }
}
