package dev.stacked.runtime.examples.upstream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** The smallest backend: one stack with one stage, which needs ten reconciles. Run it with {@code java} and a port. */
public final class SampleUpstream {
    private static final int TODOS = 10;

    private final AtomicInteger done = new AtomicInteger();

    private SampleUpstream() {}

    /** Serves until the process ends. Port 0 picks a free one. */
    public static void main(String[] args) throws IOException {
        HttpServer server = start(Integer.parseInt(args[0]));
        System.out.println("Upstream on port " + server.getAddress().getPort());
    }

    /** Starts a server on the loopback interface. */
    static HttpServer start(int port) throws IOException {
        SampleUpstream upstream = new SampleUpstream();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/api/stacks/sample", upstream::readStack);
        server.createContext("/api/stacks/sample/stages/one/implementation/reconcile", upstream::reconcileStage);
        String missing = """
                {"error": {"code": "not-found", "message": "Stack not found."}}""";
        server.createContext("/", exchange -> send(exchange, 404, missing));
        server.start();
        return server;
    }

    private void readStack(HttpExchange exchange) throws IOException {
        String stack = """
                {"data": {"stack": {"id": "sample", "stages": [
                    {"id": "one", "title": "The only stage", "status": "%s"}]}}}""";
        send(exchange, 200, stack.formatted(status()));
    }

    private void reconcileStage(HttpExchange exchange) throws IOException {
        int todosDone = done.updateAndGet(count -> Math.min(count + 1, TODOS));
        String runtime = """
                {"data": {"stageStatus": "%s", "runtimeState": "%s", "todoCompleted": %d, "todoTotal": %d}}""";
        String state = todosDone < TODOS ? "busy" : "idle";
        send(exchange, 200, runtime.formatted(status(), state, todosDone, TODOS));
    }

    private String status() {
        return done.get() < TODOS ? "in-progress" : "review";
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
