package dev.stacked.runtime.reconcile.http;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.Function;

/**
 * What one call asks.
 *
 * @param request what is sent, over and over if need be
 * @param endpoint what it means when there is no answer
 * @param reading what a complete answer holds, or an {@link AttemptException}
 */
record Question<T>(HttpRequest request, Endpoint<T> endpoint, Function<HttpResponse<Body>, T> reading) {
    /** Without the host, as in a log. */
    @Override
    public String toString() {
        return request.method() + " " + request.uri().getRawPath();
    }
}
