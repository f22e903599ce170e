package dev.stacked.runtime.reconcile.http;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Sends one request and reads its answer to the end, within a time that counts from the first thought of connecting to
 * the last byte. {@link HttpRequest.Builder#timeout} ends with the headers and would wait for a dripping body for ever.
 */
final class Exchange {
    private final HttpClient client;
    private final ScheduledExecutorService scheduler;

    Exchange(HttpClient client, ScheduledExecutorService scheduler) {
        this.client = client;
        this.scheduler = scheduler;
    }

    /**
     * Sends the request.
     *
     * @return fails with an {@link java.io.IOException}, an {@link HttpTimeoutException} if the time is over. Cancelling
     *     it, like the end of the time, closes the connection
     */
    CompletableFuture<HttpResponse<Body>> send(HttpRequest request, Duration timeout) {
        CompletableFuture<HttpResponse<Body>> answer = new CompletableFuture<>();
        Future<?> timer = scheduler.schedule(() -> expire(answer, timeout), timeout.toNanos(), TimeUnit.NANOSECONDS);
        Relay.whenDone(answer, (response, failure) -> timer.cancel(false));
        CompletableFuture<HttpResponse<Body>> exchange = Relay.start(() -> client.sendAsync(request, Body.handler()));
        Relay.whenDone(exchange, (response, failure) -> Relay.settle(answer, response, failure));
        Relay.cancelWith(answer, exchange);
        return answer;
    }

    private static void expire(CompletableFuture<?> answer, Duration timeout) {
        answer.completeExceptionally(
                new HttpTimeoutException("The upstream did not answer within " + timeout.toMillis() + " ms."));
    }
}
