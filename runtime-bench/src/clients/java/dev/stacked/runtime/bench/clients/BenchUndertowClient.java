package dev.stacked.runtime.bench.clients;

import io.undertow.UndertowOptions;
import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.ClientExchange;
import io.undertow.client.ClientRequest;
import io.undertow.client.UndertowClient;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StringReadChannelListener;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioExecutor;
import org.xnio.XnioWorker;

/** Undertow's client, which has neither pool nor time limit, with the least of both. */
final class BenchUndertowClient implements Client {
    private static final HttpString TRACEPARENT = new HttpString("traceparent");

    private final URI base;
    private final XnioWorker worker = Xnio.getInstance()
            .createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 2, Options.WORKER_TASK_MAX_THREADS, 1));
    private final ByteBufferPool buffers = new DefaultByteBufferPool(true, 16 * 1024, -1, 4);
    private final ConcurrentLinkedDeque<ClientConnection> idle = new ConcurrentLinkedDeque<>();

    BenchUndertowClient(URI base) throws IOException {
        this.base = base;
    }

    @Override
    public CompletionStage<byte[]> call(String method, String path) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        ClientRequest request = new ClientRequest().setMethod(new HttpString(method)).setPath(path);
        request.getRequestHeaders()
                .put(Headers.HOST, base.getAuthority())
                .put(Headers.ACCEPT, "application/json")
                .put(TRACEPARENT, TRACE);
        if (method.equals("POST")) {
            request.getRequestHeaders().put(Headers.CONTENT_LENGTH, "0");
        }
        ClientConnection connection = idle.pollFirst();
        if (connection != null) {
            connection.getIoThread().execute(() -> send(connection, request, answer));
            return answer;
        }
        UndertowClient.getInstance()
                .connect(
                        new ClientCallback<ClientConnection>() {
                            @Override
                            public void completed(ClientConnection opened) {
                                opened.getIoThread().execute(() -> send(opened, request, answer));
                            }

                            @Override
                            public void failed(IOException failure) {
                                answer.completeExceptionally(failure);
                            }
                        },
                        base,
                        worker,
                        buffers,
                        OptionMap.create(UndertowOptions.ENABLE_HTTP2, false));
        return answer;
    }

    private void send(ClientConnection connection, ClientRequest request, CompletableFuture<byte[]> answer) {
        XnioExecutor.Key timer = connection
                .getIoThread()
                .executeAfter(
                        () -> answer.completeExceptionally(new IOException("timeout")),
                        TIMEOUT_SECONDS,
                        java.util.concurrent.TimeUnit.SECONDS);
        connection.sendRequest(request, new ClientCallback<ClientExchange>() {
            @Override
            public void completed(ClientExchange exchange) {
                exchange.setResponseListener(new ClientCallback<ClientExchange>() {
                    @Override
                    public void completed(ClientExchange answered) {
                        new StringReadChannelListener(buffers) {
                            @Override
                            protected void stringDone(String body) {
                                timer.remove();
                                idle.addFirst(connection);
                                answer.complete(body.getBytes(StandardCharsets.UTF_8));
                            }

                            @Override
                            protected void error(IOException failure) {
                                answer.completeExceptionally(failure);
                            }
                        }.setup(answered.getResponseChannel());
                    }

                    @Override
                    public void failed(IOException failure) {
                        answer.completeExceptionally(failure);
                    }
                });
            }

            @Override
            public void failed(IOException failure) {
                answer.completeExceptionally(failure);
            }
        });
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
