package dev.stacked.runtime.app.attack;

import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.net.InetSocketAddress;

/** An upstream with one stack of eight stages. */
final class StackUpstream implements AutoCloseable {
    private static final String DOCUMENT = "/api/stacks/" + Requests.STACK;
    private static final int STAGES = 8;
    private static final String RUNTIME =
            "{\"data\":{\"stageStatus\":\"in-progress\",\"runtimeState\":\"busy\",\"todoCompleted\":0,\"todoTotal\":1}}";
    private static final String NOT_FOUND = "{\"error\":{\"code\":\"not-found\",\"message\":\"Stack not found.\"}}";

    private final String document = document();
    private final Undertow server = Undertow.builder()
            .setIoThreads(1)
            .setWorkerThreads(1)
            .addHttpListener(0, "127.0.0.1")
            .setHandler(this::handle)
            .build();

    StackUpstream() {
        server.start();
    }

    String url() {
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        return "http://127.0.0.1:" + address.getPort();
    }

    private void handle(HttpServerExchange exchange) {
        String path = exchange.getRequestPath();
        if (path.equals(DOCUMENT)) {
            exchange.getResponseSender().send(document);
        } else if (path.startsWith(DOCUMENT + "/")) {
            exchange.getResponseSender().send(RUNTIME);
        } else {
            exchange.setStatusCode(StatusCodes.NOT_FOUND).getResponseSender().send(NOT_FOUND);
        }
    }

    private static String document() {
        StringBuilder stages = new StringBuilder();
        for (int i = 0; i < STAGES; i++) {
            stages.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"%d\",\"title\":\"Stage %d\",\"status\":\"in-progress\"}".formatted(i, i));
        }
        return "{\"data\":{\"stack\":{\"id\":\"checkout\",\"name\":\"Checkout\",\"stages\":[" + stages + "]}}}";
    }

    @Override
    public void close() {
        server.stop();
    }
}
