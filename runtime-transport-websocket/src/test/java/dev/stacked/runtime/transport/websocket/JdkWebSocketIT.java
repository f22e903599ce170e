package dev.stacked.runtime.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.PolledUpstream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An independent client: the JDK's. */
final class JdkWebSocketIT {
    private WebSocketRun run = new WebSocketRun();

    @AfterEach
    void stop() {
        run.close();
    }

    /** Records each signal as one line. */
    private static final class Received implements WebSocket.Listener {
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                lines.add(text.toString());
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
            lines.add("pong " + StandardCharsets.UTF_8.decode(message));
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            lines.add("close " + statusCode + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            lines.add("error " + error);
        }

        String next() throws InterruptedException {
            return String.valueOf(lines.poll(Patience.LIMIT.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    private WebSocket connect(Received received, String target) {
        URI base = run.server.base();
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://" + base.getAuthority() + target), received)
                .join();
    }

    @Test
    void readsEventsPingsAndCloses() throws InterruptedException {
        Received received = new Received();
        WebSocket client = connect(received, WebSocketRun.STREAM);

        assertTrue(received.next().startsWith("{\"id\":\"epoch-1\",\"event\":\"snapshot\""));
        run.stage().reconcileSays("review");
        assertTrue(received.next().startsWith("{\"id\":\"epoch-2\",\"event\":\"stage-runtime\""));
        assertTrue(received.next().startsWith("{\"id\":\"epoch-3\",\"event\":\"review-ready\""));
        client.sendPing(ByteBuffer.wrap(new byte[] {'h', 'i'})).join();
        assertEquals("pong hi", received.next());
        client.sendClose(WebSocket.NORMAL_CLOSURE, "bye").join();
        assertEquals("close 1000 ", received.next());
        run.awaitStreams(0);
    }

    @Test
    void readsAnEventOfAnySize() throws InterruptedException {
        Received received = new Received();
        connect(received, WebSocketRun.STREAM);
        received.next();

        run.changeMoreThanASocketTakes();

        assertTrue(received.next().length() > 1 << 16);
    }

    @Test
    void staysAsItAnswersPings() throws InterruptedException {
        run.close();
        run = new WebSocketRun(PolledUpstream.SETTINGS.withHeartbeatInterval(Duration.ofMillis(250)));
        Received received = new Received();
        connect(received, WebSocketRun.STREAM);
        received.next();

        for (int i = 0; i < 6; i++) {
            assertTrue(received.next().startsWith("{\"event\":\"heartbeat\""));
        }
    }

    @Test
    void learnsWhyTheServerCloses() throws InterruptedException {
        Received received = new Received();
        connect(received, WebSocketRun.STREAM);
        received.next();

        run.registry.close();

        assertEquals("close 1001 The server is shutting down.", received.next());
        run.awaitStreams(0);
    }

    @Test
    void seesARefusalAsHttp() {
        CompletionException refusal = assertThrows(
                CompletionException.class, () -> connect(new Received(), "/api/stacks/nowhere/runtime/ws"));

        WebSocketHandshakeException cause = (WebSocketHandshakeException) refusal.getCause();
        assertEquals(404, cause.getResponse().statusCode());
    }
}
