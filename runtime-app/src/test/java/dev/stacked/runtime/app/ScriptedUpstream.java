package dev.stacked.runtime.app;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A scripted upstream with the same stack under every id. */
final class ScriptedUpstream implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    /** How calls are answered. */
    enum Mode {
        WELL,
        NEVER,
        WITH_GARBAGE,
        /** As an upstream does that wants other credentials. */
        WITH_401
    }

    private final Map<String, String> statuses = new ConcurrentSkipListMap<>();
    private final BlockingQueue<Long> documentCalls = new LinkedBlockingQueue<>();
    private volatile Mode answering = Mode.WELL;
    private volatile String note = "";
    private volatile @Nullable String credential;
    private Undertow server = listen(0);
    private final int port = port(server);

    String url() {
        return "http://" + LOOPBACK + ":" + port;
    }

    ScriptedUpstream stage(String id, String status) {
        statuses.put(id, status);
        return this;
    }

    /** A field of every runtime; a new value is a change. */
    void note(String text) {
        note = text;
    }

    /** Answers only those whose Authorization is this; what others send is repeated in the refusal. */
    void requires(String authorization) {
        credential = authorization;
    }

    void answer(Mode mode) {
        answering = mode;
    }

    /** Refuses connections from now on. */
    void kill() {
        server.stop();
    }

    /** Listens again on the same port. */
    void revive() {
        server = listen(port);
    }

    /** Waits for the next read of the document, and returns its time in nanoseconds; null after the timeout. */
    @Nullable
    Long nextDocumentCall(long millis) throws InterruptedException {
        return documentCalls.poll(millis, TimeUnit.MILLISECONDS);
    }

    void forgetCalls() {
        documentCalls.clear();
    }

    @Override
    public void close() {
        kill();
    }

    private Undertow listen(int onPort) {
        Undertow started = Undertow.builder()
                .setIoThreads(1)
                .setWorkerThreads(1)
                .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, 0)
                .addHttpListener(onPort, LOOPBACK)
                .setHandler(this::handle)
                .build();
        started.start();
        return started;
    }

    private static int port(Undertow started) {
        return ((InetSocketAddress) started.getListenerInfo().get(0).getAddress()).getPort();
    }

    private void handle(HttpServerExchange exchange) {
        boolean isDocument = exchange.getRequestMethod().equalToString("GET");
        if (isDocument) {
            documentCalls.add(System.nanoTime());
        }
        String given = String.valueOf(exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION));
        if (credential != null && !given.equals(credential)) {
            exchange.setStatusCode(401)
                    .getResponseSender()
                    .send("{\"error\":{\"code\":\"unauthenticated\",\"message\":\"" + given + " is wrong\"}}");
            return;
        }
        switch (answering) {
            case WELL -> exchange.getResponseSender().send(isDocument ? document() : runtime(exchange));
            case NEVER -> exchange.dispatch(SameThreadExecutor.INSTANCE, () -> {});
            case WITH_401 ->
                exchange.setStatusCode(401)
                        .getResponseSender()
                        .send("{\"error\":{\"code\":\"no\",\"message\":\"secret\"}}");
            case WITH_GARBAGE -> exchange.getResponseSender().send("{\"data\":[<html>");
        }
    }

    private String document() {
        return statuses.entrySet().stream()
                .map(stage -> "{\"id\":\"%s\",\"title\":\"Stage %s\",\"status\":\"%s\"}"
                        .formatted(stage.getKey(), stage.getKey(), stage.getValue()))
                .collect(Collectors.joining(
                        ",", "{\"data\":{\"stack\":{\"id\":\"s\",\"name\":\"S\",\"stages\":[", "]}}}"));
    }

    private String runtime(HttpServerExchange exchange) {
        String stage = exchange.getRequestPath().split("/", -1)[5];
        return "{\"data\":{\"stageStatus\":\"%s\",\"runtimeState\":\"busy\",\"todoCompleted\":0,\"todoTotal\":1,\"note\":\"%s\"}}"
                .formatted(statuses.get(stage), note);
    }
}
