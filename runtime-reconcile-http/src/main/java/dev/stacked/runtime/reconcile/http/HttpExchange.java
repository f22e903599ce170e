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
 * Sends one request and reads its answer within one deadline, from connect to the last byte. {@link
 * HttpRequest.Builder#timeout} ends with the headers, so a slow body could take forever.
 */
final class HttpExchange {
    private final HttpClient client;
    private final ScheduledExecutorService scheduler;

    HttpExchange(HttpClient client, ScheduledExecutorService scheduler) {
        this.client = client;
        this.scheduler = scheduler;
    }

    /**
     * Sends the request.
     *
     * @return fails with an {@link java.io.IOException}, at the deadline with an {@link HttpTimeoutException}. Cancelling
     *     it closes the connection, and so does the deadline
     */
    CompletableFuture<HttpResponse<Body>> send(HttpRequest request, Duration timeout) {
        CompletableFuture<HttpResponse<Body>> answer = new CompletableFuture<>();
        Future<?> timer = scheduler.schedule(() -> expire(answer, timeout), timeout.toNanos(), TimeUnit.NANOSECONDS);
        Futures.whenDone(answer, (response, failure) -> timer.cancel(false));
        CompletableFuture<HttpResponse<Body>> exchange = Futures.start(() -> client.sendAsync(request, Body.handler()));
        Futures.whenDone(exchange, (response, failure) -> Futures.settle(answer, response, failure));
        Futures.cancelWith(answer, exchange);
        return answer;
    }

    private static void expire(CompletableFuture<?> answer, Duration timeout) {
        answer.completeExceptionally(
                new HttpTimeoutException("The upstream did not answer within " + timeout.toMillis() + " ms."));
    }
}
