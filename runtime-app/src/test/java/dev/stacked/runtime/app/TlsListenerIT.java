package dev.stacked.runtime.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.app.internal.options.TlsOptions;
import dev.stacked.runtime.app.internal.tls.ServerTls;
import dev.stacked.runtime.testkit.TestCertificate;
import dev.stacked.runtime.transport.undertow.TimeLimit;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

class TlsListenerIT {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int SHORT_MILLIS = 200;
    private static final Duration LONG = Duration.ofHours(1);

    private final XnioWorker worker = worker();
    private @Nullable AcceptingChannel<? extends StreamConnection> listener;

    /** One thread, so that its timers run in order of their due times. */
    private static XnioWorker worker() {
        try {
            return Xnio.getInstance().createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() {
        IoUtils.safeClose(listener);
        worker.shutdownNow();
    }

    private int listen(SSLContext tls, Duration idle, Duration handshakeLimit) throws IOException {
        return listen(tls, idle, new TimeLimit(handshakeLimit, System::nanoTime));
    }

    private int listen(SSLContext tls, Duration idle, TimeLimit handshakeLimit) throws IOException {
        OptionMap settings = OptionMap.create(IdleTimeout.LIMIT_MILLIS, (int) idle.toMillis());
        listener = TlsListener.open(
                worker,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                tls,
                SimpleConnections.saying("hello", settings),
                settings,
                OptionMap.EMPTY,
                handshakeLimit);
        return listener.getLocalAddress(InetSocketAddress.class).getPort();
    }

    private static void assertSentAwayInTheHandshake(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(new byte[] {22, 3, 1}); // the first bytes of a hello

            assertEquals(-1, socket.getInputStream().read());
        }
    }

    @Test
    void clientThatDoesNotGoOnWithItsHandshakeIsSentAway() throws Exception {
        assertSentAwayInTheHandshake(listen(SSLContext.getDefault(), Duration.ofMillis(SHORT_MILLIS), LONG));
    }

    @Test
    void handshakeThatTakesTooLongIsNotWaitedFor() throws Exception {
        assertSentAwayInTheHandshake(listen(SSLContext.getDefault(), LONG, Duration.ofMillis(SHORT_MILLIS)));
    }

    @Test
    void pauseOfTheProcessDoesNotCountAsTimeForTheHandshake(@TempDir Path directory) throws Exception {
        TestCertificate certificate = TestCertificate.make(directory, "tls", "EC");
        SSLContext tls = ServerTls.read(new TlsOptions.Files(certificate.certificateFile(), certificate.keyFile()))
                .context();
        CountDownLatch paused = new CountDownLatch(3); // read at the start, when the time is over, and then again
        AtomicLong nanoTime = new AtomicLong();
        TimeLimit limit = new TimeLimit(Duration.ofMillis(SHORT_MILLIS), () -> {
            paused.countDown();
            return nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
        });
        try (Socket tcp = new Socket(InetAddress.getLoopbackAddress(), listen(tls, LONG, limit))) {
            assertTrue(paused.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));

            tcp.setSoTimeout(PATIENCE_MILLIS);
            SSLSocket socket =
                    (SSLSocket) certificate.trust().getSocketFactory().createSocket(tcp, "localhost", 0, true);
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            assertTrue(answer.endsWith("hello"), answer);
        }
    }

    /** TLS 1.3 has no renegotiation. Whether the JDK refuses it depends on the order of tests, and does not matter. */
    @Test
    void clientCannotHandshakeAgain(@TempDir Path directory) throws Exception {
        TestCertificate certificate = TestCertificate.make(directory, "tls", "EC");
        SSLContext tls = ServerTls.read(new TlsOptions.Files(certificate.certificateFile(), certificate.keyFile()))
                .context();
        int port = listen(tls, LONG, LONG);
        try (SSLSocket socket = (SSLSocket)
                certificate.trust().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
            assertEquals('H', socket.getInputStream().read());

            socket.startHandshake();

            assertThrows(IOException.class, () -> requestUntilTheEnd(socket));
        }
    }

    private static void requestUntilTheEnd(SSLSocket socket) throws IOException {
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
        String answers = new String(socket.getInputStream().readAllBytes(), US_ASCII);
        if (answers.split("HTTP/1\\.1", -1).length <= 2) {
            throw new EOFException("The server has ended the connection.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void connectionWhoseHandshakeIsDoneStays(String version, @TempDir Path directory) throws Exception {
        TestCertificate certificate = TestCertificate.make(directory, "tls", "EC");
        SSLContext tls = ServerTls.read(new TlsOptions.Files(certificate.certificateFile(), certificate.keyFile()))
                .context();
        int port = listen(tls, LONG, Duration.ofSeconds(3));
        try (SSLSocket socket = (SSLSocket)
                certificate.trust().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();

            assertSentAwayInTheHandshake(port); // whose time began later

            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            assertTrue(answer.endsWith("hello"), answer);
        }
    }
}
