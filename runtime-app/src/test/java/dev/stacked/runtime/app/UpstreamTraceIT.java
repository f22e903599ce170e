package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.stacked.runtime.reconcile.http.HttpReconciler;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The calls of a poll have the same id at the upstream and in the log. */
class UpstreamTraceIT {
    private static final int PATIENCE_SECONDS = 20;
    private static final String SECRET = "s3cr3t";
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(HttpReconciler.class.getPackageName());

    /** A call as the upstream sees it. */
    private record Seen(String method, String traceparent) {
        String trace() {
            return traceparent.split("-", -1)[1];
        }
    }

    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final BlockingQueue<ILoggingEvent> lines = new LinkedBlockingQueue<>();

        @Override
        protected void append(ILoggingEvent line) {
            line.prepareForDeferredProcessing();
            lines.add(line);
        }
    }

    private final BlockingQueue<Seen> calls = new LinkedBlockingQueue<>();
    private final Lines log = new Lines();
    private volatile boolean failing;
    private final Undertow upstream = Undertow.builder()
            .setIoThreads(1)
            .setWorkerThreads(1)
            .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, 0)
            .addHttpListener(0, "127.0.0.1")
            .setHandler(this::answer)
            .build();
    private RunningApp app;

    @BeforeEach
    void start() {
        upstream.start();
        int port = ((InetSocketAddress) upstream.getListenerInfo().get(0).getAddress()).getPort();
        app = RuntimeApp.run(new String[] {
            "--port=0", "--admin-port=off", "--upstream=http://127.0.0.1:" + port, "--poll-interval=50ms"
        });
        log.start();
        LOG.setLevel(Level.DEBUG);
        LOG.addAppender(log);
    }

    @AfterEach
    void stop() {
        LOG.detachAppender(log);
        LOG.setLevel(null);
        app.close();
        upstream.stop();
    }

    private void answer(HttpServerExchange exchange) {
        String method = exchange.getRequestMethod().toString();
        calls.add(new Seen(method, exchange.getRequestHeaders().getFirst("traceparent")));
        if (failing) {
            exchange.setStatusCode(400);
            exchange.getResponseSender()
                    .send("{\"error\":{\"code\":\"invalid-input\",\"message\":\"" + SECRET + "\"}}");
            return;
        }
        exchange.getResponseSender().send(method.equals("GET") ? """
                                {"data":{"stack":{"stages":[{"id":"a","title":"A","status":"review"}]}}}""" : """
                                {"data":{"stageStatus":"review","runtimeState":"idle","todoCompleted":0,"todoTotal":1}}""");
    }

    @Test
    void theCallsOfAPollAreOneTrace() throws Exception {
        try (SseClient client = SseClient.open(app.url() + "/api/stacks/s/runtime/stream")) {
            client.next("snapshot");
            Seen document = nextCall("GET");
            Seen reconcile = nextCall("POST");
            Seen nextDocument = nextCall("GET");

            assertEquals(document.trace(), reconcile.trace());
            assertNotEquals(document.traceparent(), reconcile.traceparent());
            assertNotEquals(document.trace(), nextDocument.trace());
        }
    }

    @Test
    void aCallThatFailsIsLoggedWithItsIdsAndWithWhatTheUpstreamSaidWhichClientsDoNotGet() throws Exception {
        failing = true;
        try (SseClient client = SseClient.open(app.url() + "/api/stacks/my%20stack/runtime/stream")) {
            SseClient.Event error = client.next("error");
            Seen call = nextCall("GET");
            ILoggingEvent line = log.lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);

            assertNotNull(line);
            String message = line.getFormattedMessage();
            assertEquals(
                    "GET /api/stacks/my%20stack failed: 400, upstream-unavailable, invalid-input: " + SECRET
                            + " (traceparent " + call.traceparent() + ")",
                    message);
            assertEquals("my stack", line.getMDCPropertyMap().get("stack"));
            assertTrue(line.getMDCPropertyMap().containsKey("poll"));
            assertEquals("The upstream answered 400.", error.text("message"));
        }
    }

    private Seen nextCall(String method) throws InterruptedException {
        Seen call = calls.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertNotNull(call, "no call");
        assertEquals(method, call.method());
        return call;
    }
}
