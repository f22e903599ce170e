package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

class PlainListenerIT {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int IDLE_MILLIS = 200;

    private XnioWorker worker;
    private AcceptingChannel<StreamConnection> listener;

    @BeforeEach
    void listen() throws IOException {
        worker = Xnio.getInstance().createWorker(OptionMap.EMPTY);
        OptionMap settings = OptionMap.create(IdleTimeout.LIMIT_MILLIS, IDLE_MILLIS);
        listener = PlainListener.open(
                worker,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                SimpleConnections.saying("hello", settings),
                settings,
                OptionMap.EMPTY);
    }

    @AfterEach
    void stop() throws IOException {
        listener.close();
        worker.shutdownNow();
    }

    private String allThatAnswers(String request, byte... more) throws IOException {
        int port = listener.getLocalAddress(InetSocketAddress.class).getPort();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(more);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void clientThatBeginsWithHttp2AndAsksForNothingIsSentAway() throws IOException {
        String answer = allThatAnswers("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
        assertEquals(4, answer.charAt(3), "no settings of ours");
    }

    @Test
    void clientThatLeavesItsHttp1ConnectionIdleIsSentAway() throws IOException {
        String answer = allThatAnswers("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertTrue(answer.endsWith("hello"), answer);
    }
}
