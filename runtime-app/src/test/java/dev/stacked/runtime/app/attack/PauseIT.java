package dev.stacked.runtime.app.attack;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.app.TestTokens;
import dev.stacked.runtime.app.attack.OrdinaryStream.Transport;
import dev.stacked.runtime.testkit.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stops the server process with SIGSTOP: input of its clients reaches it only afterwards. */
@EnabledOnOs(OS.LINUX)
class PauseIT {
    private static final InetAddress ADDRESS = Endpoint.address(0, 1);
    /** Longer than the timeouts for writes, heads and handshakes; the long form also exceeds that of an idle connection. */
    private static final Duration PAUSE =
            Duration.ofSeconds(Length.ofThisBuild().pick(12, 65));

    private static final int HEARTBEATS = 2;
    private static final String SNAPSHOT = "\"runtimeByStageId\"";
    private static final String HEARTBEAT = "\"now\":\"";

    @ParameterizedTest
    @EnumSource(Listener.class)
    void pauseOfTheProcessCutsNoClientOff(Listener listener, @TempDir Path directory) throws Exception {
        TestCertificate certificate = TestCertificate.make(directory, "pause", "EC");
        TestTokens tokens = new TestTokens();
        List<String> options = new ArrayList<>(tokens.keyOptions(directory));
        if (listener == Listener.TLS) {
            options.add("--tls-cert=" + certificate.certificateFile());
            options.add("--tls-key=" + certificate.keyFile());
        }
        try (StackUpstream upstream = new StackUpstream()) {
            options.addAll(List.of("--upstream=" + upstream.url(), "--heartbeat-interval=1s", "--write-timeout=3s"));
            try (ServerProcess server = ServerProcess.start(directory, options)) {
                Endpoint endpoint = new Endpoint(listener, server.port(), certificate.trust());
                Instant expiry = Instant.now().plus(Duration.ofHours(1));
                assertPauseCutsNoClientOff(server, new Requests(endpoint, tokens.token("reader", expiry, "")));
            }
        }
    }

    private static void assertPauseCutsNoClientOff(ServerProcess server, Requests requests) throws Exception {
        Endpoint endpoint = requests.endpoint();
        List<Reader> readers = new ArrayList<>();
        for (Transport transport : Transport.values()) {
            readers.add(Reader.start(transport, requests, ADDRESS));
        }
        Socket newcomer = endpoint.connectTcp(ADDRESS);
        awaitHeartbeats(readers, HEARTBEATS); // so the newcomer is accepted
        OrdinaryStream stream =
                OrdinaryStream.stalled(endpoint.connect(ADDRESS, Endpoint.HTTP_2), requests, Requests.STREAM);
        stream.awaitByte();
        OrdinaryStream answer =
                OrdinaryStream.stalled(endpoint.connect(ADDRESS, Endpoint.HTTP_2), requests, Requests.SNAPSHOT);
        answer.awaitByte();

        CompletableFuture<OrdinaryStream> begun = new CompletableFuture<>();
        server.pause(PAUSE, () -> {
            takeRest(stream);
            takeRest(answer);
            begun.completeAsync(() -> begin(newcomer, requests));
        });

        int before = readers.stream()
                .mapToInt(reader -> reader.heartbeats().size())
                .max()
                .orElseThrow();
        awaitHeartbeats(readers, before + HEARTBEATS);
        stream.awaitText(SNAPSHOT);
        stream.awaitText(HEARTBEAT);
        assertAnswered(answer);
        assertAnswered(begun.get(Wire.PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        readers.forEach(reader -> assertNull(reader.end()));
        readers.forEach(Reader::close);
    }

    private static void takeRest(OrdinaryStream stalled) {
        try {
            stalled.takeRest();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OrdinaryStream begin(Socket tcp, Requests requests) {
        try {
            Wire wire = requests.endpoint().begin(tcp, Endpoint.HTTP_2);
            OrdinaryStream stream = OrdinaryStream.stalled(wire, requests, Requests.SNAPSHOT);
            stream.takeRest();
            return stream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The response is complete: the server has ended its stream after the snapshot. */
    private static void assertAnswered(OrdinaryStream stream) {
        IOException end = assertThrows(IOException.class, () -> stream.awaitText(HEARTBEAT));
        assertTrue(end.getMessage().contains(SNAPSHOT), end.getMessage());
    }

    private static void awaitHeartbeats(List<Reader> readers, int count) throws InterruptedException {
        for (Reader reader : readers) {
            assertTrue(reader.awaitHeartbeats(count), () -> "The stream ended: " + reader.end());
        }
    }
}
