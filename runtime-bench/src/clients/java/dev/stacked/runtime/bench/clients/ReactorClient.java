package dev.stacked.runtime.bench.clients;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Reactor Netty on two event loops of its own, or on those that make the calls. */
final class ReactorClient implements Client {
    private final boolean shared;
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final ConnectionProvider connections = ConnectionProvider.builder("upstream")
            .maxConnections(CONNECTIONS)
            .pendingAcquireMaxCount(-1)
            .build();
    private final HttpClient client;

    ReactorClient(URI base, boolean shared) {
        this.shared = shared;
        EventLoopGroup used = shared ? reactor.netty.resources.LoopResources.colocate(group) : group;
        this.client = HttpClient.create(connections)
                .runOn(preferNative -> used, false)
                .baseUrl(base.toString())
                .followRedirect(false)
                .responseTimeout(Duration.ofSeconds(TIMEOUT_SECONDS))
                .headers(headers -> headers.set("accept", "application/json").set("traceparent", TRACE));
    }

    @Override
    public CompletionStage<byte[]> call(String method, String path) {
        return client.request(HttpMethod.valueOf(method))
                .uri(path)
                .responseSingle((response, body) -> body.map(ByteBufUtil::getBytes))
                .toFuture();
    }

    @Override
    public List<ScheduledExecutorService> loops() {
        if (!shared) {
            return Client.super.loops();
        }
        List<ScheduledExecutorService> loops = new ArrayList<>();
        group.forEach(loops::add);
        return loops;
    }

    @Override
    public void close() {
        connections.dispose();
        group.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS);
    }
}
