package dev.stacked.runtime.app.security;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An upstream that has every stack, with one stage in review, and records the requests. */
final class RecordingUpstream implements AutoCloseable {
    private final Queue<String> targets = new ConcurrentLinkedQueue<>();
    private final Undertow server = Undertow.builder()
            .setIoThreads(1)
            .setWorkerThreads(1)
            .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, 0)
            .setServerOption(UndertowOptions.DECODE_URL, false)
            .addHttpListener(0, "127.0.0.1")
            .setHandler(this::handle)
            .build();

    RecordingUpstream() {
        server.start();
    }

    String url() {
        return "http://127.0.0.1:"
                + ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    /** The raw request targets so far. */
    List<String> targets() {
        return List.copyOf(targets);
    }

    private void handle(HttpServerExchange exchange) {
        targets.add(exchange.getRequestURI()
                + (exchange.getQueryString().isEmpty() ? "" : "?" + exchange.getQueryString()));
        exchange.getResponseSender().send(exchange.getRequestMethod().equalToString("GET") ? """
                                {"data":{"stack":{"stages":[{"id":"stage","title":"Stage","status":"review"}]}}}""" : """
                                {"data":{"stageStatus":"review","runtimeState":"idle","todoCompleted":0,"todoTotal":1}}""");
    }

    @Override
    public void close() {
        server.stop();
    }
}
