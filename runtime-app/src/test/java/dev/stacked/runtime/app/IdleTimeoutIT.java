package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.app.internal.watch.Pauses;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

class IdleTimeoutIT {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int IDLE_MILLIS = 300;
    private static final byte[] REQUEST =
            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final AtomicLong watched = new AtomicLong();
    private final Pauses pauses = new Pauses(watched::get);
    private XnioWorker worker;
    private AcceptingChannel<StreamConnection> listener;

    @BeforeEach
    void listen() throws IOException {
        worker = Xnio.getInstance().createWorker(OptionMap.EMPTY);
        OptionMap settings = OptionMap.builder()
                .set(IdleTimeout.LIMIT_MILLIS, IDLE_MILLIS)
                .set(IdleTimeout.PAUSES, pauses)
                .getMap();
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

    private Socket connect() throws IOException {
        int port = listener.getLocalAddress(InetSocketAddress.class).getPort();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    @Test
    void aPauseOfTheProcessDoesNotCountAsIdleness() throws IOException {
        try (Socket before = connect();
                Socket after = connect()) {
            assertEquals("HTTP/1.1 200 OK", answer(before));
            watched.addAndGet(Duration.ofHours(1).toNanos());
            pauses.total(); // noticed
            assertEquals("HTTP/1.1 200 OK", answer(after));

            awaitClosed(after); // idle for long enough, without a pause

            assertEquals("HTTP/1.1 200 OK", answer(before));
        }
    }

    private static String answer(Socket socket) throws IOException {
        socket.getOutputStream().write(REQUEST);
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1), 1);
        String status = reader.readLine();
        StringBuilder rest = new StringBuilder();
        while (rest.indexOf("hello") < 0) {
            int next = reader.read();
            if (next < 0) {
                throw new EOFException("The connection ended after '" + status + "'.");
            }
            rest.append((char) next);
        }
        return status;
    }

    private static void awaitClosed(Socket socket) throws IOException {
        assertTrue(socket.getInputStream().readAllBytes().length < PATIENCE_MILLIS);
    }
}
