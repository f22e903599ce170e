package dev.stacked.runtime.bench.clients;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty's client with one selector and the smallest pool that it starts with. */
final class JettyClient implements Client {
    private final URI base;
    private final HttpClient client;

    JettyClient(URI base) throws Exception {
        this.base = base;
        this.client = new HttpClient(new HttpClientTransportOverHTTP(1));
        client.setExecutor(new QueuedThreadPool(6, 4));
        client.setMaxConnectionsPerDestination(CONNECTIONS);
        client.setMaxRequestsQueuedPerDestination(100_000);
        client.setFollowRedirects(false);
        client.setUserAgentField(null);
        client.getContentDecoderFactories().clear();
        client.start();
    }

    @Override
    public CompletionStage<byte[]> call(String method, String path) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        client.newRequest(base + path)
                .method(method)
                .headers(headers -> headers.put("Accept", "application/json").put("traceparent", TRACE))
                .timeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .send(new BufferingResponseListener(1 << 20) {
                    @Override
                    public void onComplete(Result result) {
                        if (result.isSucceeded()) {
                            answer.complete(getContent());
                        } else {
                            answer.completeExceptionally(result.getFailure());
                        }
                    }
                });
        return answer;
    }

    @Override
    public void close() throws Exception {
        client.stop();
    }
}
