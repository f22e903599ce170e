package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Inject;
import dev.stacked.runtime.access.StreamAdmission;
import dev.stacked.runtime.testkit.TcpRelay;
import dev.stacked.runtime.testkit.TestCertificate;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The app with a certificate: https, HTTP/2 and WebSockets. */
class TlsIT {
    private static final int PATIENCE_SECONDS = 20;
    private static final String STREAM = "/api/stacks/checkout/runtime/stream";

    @TempDir
    Path directory;

    private TestCertificate certificate;
    private final Insides insides = new Insides();

    private static final class Insides {
        @Inject
        private StreamAdmission admission;

        @Inject
        private MeterRegistry meters;
    }

    @BeforeEach
    void makeCertificate() {
        certificate = TestCertificate.make(directory, "tls", "EC");
    }

    private RunningApp start() {
        String[] args = {
            "--demo",
            "--port=0",
            "--admin-port=off",
            "--heartbeat-interval=50ms",
            "--tls-cert=" + certificate.certificateFile(),
            "--tls-key=" + certificate.keyFile()
        };
        return RuntimeApp.run(args, binder -> binder.requestInjection(insides));
    }

    private static HttpClient clientThatTrusts(TestCertificate trusted) {
        return HttpClient.newBuilder().sslContext(trusted.trust()).build();
    }

    private static HttpResponse<String> get(HttpClient http, String url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }

    private void awaitStreams(int open) {
        long start = System.nanoTime();
        while (insides.admission.openStreams() != open) {
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS), "Streams stayed open.");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    @Test
    void fiftyStreamsOfOneClientShareAConnectionWithItsOtherRequests() throws Exception {
        try (RunningApp app = start();
                TcpRelay relay = new TcpRelay(app.port())) {
            String url = "https://127.0.0.1:" + relay.port();
            HttpClient http = clientThatTrusts(certificate);
            assertEquals(
                    HttpClient.Version.HTTP_2,
                    get(http, url + "/client/index.js").version());
            List<LineStream> streams = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                streams.add(LineStream.open(http, url + STREAM));
            }
            for (LineStream stream : streams) {
                stream.awaitLine("event: snapshot");
            }

            assertEquals(200, get(http, url + "/client/index.js").statusCode());
            streams.remove(25).leave();
            awaitStreams(49);
            for (LineStream stream : streams) {
                stream.forget();
                stream.awaitLine("event: heartbeat");
            }

            assertEquals(1, relay.connections());
        }
    }

    @Test
    void clientsOfHttp1AreServedToo() throws Exception {
        try (RunningApp app = start()) {
            HttpClient http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(certificate.trust())
                    .build();
            assertTrue(app.url().startsWith("https://127.0.0.1:"), app.url());
            assertEquals(
                    HttpClient.Version.HTTP_1_1,
                    get(http, app.url() + "/client/index.js").version());
            LineStream stream = LineStream.open(http, app.url() + STREAM);
            stream.awaitLine("event: snapshot");
            stream.awaitLine("event: heartbeat");

            stream.leave();

            awaitStreams(0);
        }
    }

    @Test
    void webSocketsPassOverTls() throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        WebSocket.Listener listener = new WebSocket.Listener() {
            private final StringBuilder text = new StringBuilder();

            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
                text.append(part);
                if (last) {
                    first.complete(text.toString());
                }
                socket.request(1);
                return null;
            }
        };
        try (RunningApp app = start()) {
            URI uri = URI.create("wss://127.0.0.1:" + app.port() + "/api/stacks/checkout/runtime/ws");
            WebSocket socket = clientThatTrusts(certificate)
                    .newWebSocketBuilder()
                    .buildAsync(uri, listener)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);

            assertTrue(first.get(PATIENCE_SECONDS, TimeUnit.SECONDS).contains("\"event\":\"snapshot\""));

            socket.abort();
            awaitStreams(0);
        }
    }

    @Test
    void aRenewedCertificateIsShownToNewConnectionsAndOldOnesGoOn() throws Exception {
        TestCertificate renewed = TestCertificate.make(directory, "renewed", "RSA");
        try (RunningApp app = start()) {
            LineStream stream = LineStream.open(clientThatTrusts(certificate), app.url() + STREAM);
            stream.awaitLine("event: snapshot");

            renewed.writeTo(certificate.certificateFile(), certificate.keyFile());

            long start = System.nanoTime();
            while (!isServed(app.url(), renewed)) {
                assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS), "Not renewed.");
            }
            stream.forget();
            stream.awaitLine("event: heartbeat");
            double expiry =
                    insides.meters.get("runtime.tls.certificate.expiry").gauge().value();
            assertEquals(renewed.certificate().getNotAfter().toInstant().getEpochSecond(), Math.round(expiry));
        }
    }

    private static boolean isServed(String url, TestCertificate trusted) throws InterruptedException {
        try {
            return get(clientThatTrusts(trusted), url + "/client/index.js").statusCode() == 200;
        } catch (IOException untrusted) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            return false;
        }
    }

    @Test
    void filesThatAreNoUseKeepItFromStarting() throws Exception {
        Files.delete(certificate.keyFile());

        NotStartedException problem = assertThrows(NotStartedException.class, this::start);

        assertEquals(2, problem.exitCode());
        assertEquals(
                "--tls-key '" + certificate.keyFile() + "' must be a file that can be read; there is no such file.",
                problem.text());
    }

    /** Clients of TLS 1.1, which the JDK's own clients refuse. */
    @Test
    void olderVersionsOfTlsAreRefused() throws Exception {
        ByteBuffer hello = ByteBuffer.allocate(50);
        hello.put((byte) 22).putShort((short) 0x0301).putShort((short) 45); // a handshake record
        hello.put((byte) 1).put((byte) 0).putShort((short) 41).putShort((short) 0x0302); // the hello of TLS 1.1
        hello.put(new byte[32])
                .put((byte) 0)
                .putShort((short) 2)
                .putShort((short) 0x002f)
                .putShort((short) 0x0100);
        try (RunningApp app = start();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            socket.getOutputStream().write(hello.array());

            InputStream in = socket.getInputStream();
            byte[] answer = in.readNBytes(7);

            assertEquals(21, answer[0], "not an alert");
            assertEquals(70, answer[6], "not about the version");
        }
    }
}
