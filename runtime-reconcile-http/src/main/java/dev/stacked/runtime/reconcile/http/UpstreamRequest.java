package dev.stacked.runtime.reconcile.http;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.Function;

/**
 * The request of one call.
 *
 * @param request sent by each attempt
 * @param endpoint interprets failures
 * @param reading interprets a complete answer; throws an {@link AttemptException} if it is not a success
 */
record UpstreamRequest<T>(HttpRequest request, Endpoint<T> endpoint, Function<HttpResponse<Body>, T> reading) {
    /** Method and path, without the host. */
    @Override
    public String toString() {
        return request.method() + " " + request.uri().getRawPath();
    }
}
