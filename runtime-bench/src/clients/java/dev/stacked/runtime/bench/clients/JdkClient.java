package dev.stacked.runtime.bench.clients;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's client with two threads, as the server had it. */
final class JdkClient implements Client {
    private final URI base;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(threads)
            .build();

    JdkClient(URI base) {
        this.base = base;
    }

    @Override
    public CompletionStage<byte[]> call(String method, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, BodyPublishers.noBody())
                .header("Accept", "application/json")
                .header("traceparent", TRACE)
                .timeout(Duration.ofSeconds(TIMEOUT_SECONDS))
                .build();
        return client.sendAsync(request, BodyHandlers.ofByteArray()).thenApply(HttpResponse::body);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
