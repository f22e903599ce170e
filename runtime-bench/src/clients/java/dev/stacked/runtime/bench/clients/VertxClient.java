package dev.stacked.runtime.bench.clients;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.VertxInternal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;

/** Vert.x on two event loops of its own, or on those that make the calls. */
final class VertxClient implements Client {
    private final boolean shared;
    private final URI base;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final HttpClient client;

    VertxClient(URI base, boolean shared) {
        this.shared = shared;
        this.base = base;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setDefaultHost(base.getHost()).setDefaultPort(base.getPort()),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    }

    @Override
    public CompletionStage<byte[]> call(String method, String path) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(method))
                .setHost(base.getHost())
                .setPort(base.getPort())
                .setURI(path)
                .setTimeout(TIMEOUT_SECONDS * 1000L)
                .putHeader("accept", "application/json")
                .putHeader("traceparent", TRACE);
        return client.request(options)
                .compose(request -> request.send().compose(HttpClientResponse::body))
                .map(Buffer::getBytes)
                .toCompletionStage();
    }

    @Override
    public List<ScheduledExecutorService> loops() {
        if (!shared) {
            return Client.super.loops();
        }
        List<ScheduledExecutorService> loops = new ArrayList<>();
        ((VertxInternal) vertx).eventLoopGroup().forEach(loops::add);
        return loops;
    }

    @Override
    public void close() {
        vertx.close();
    }
}
