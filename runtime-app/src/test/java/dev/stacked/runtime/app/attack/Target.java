package dev.stacked.runtime.app.attack;

import dev.stacked.runtime.app.TestTokens;
import dev.stacked.runtime.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A server in a separate process, with its upstream and its ordinary readers. */
final class Target implements AutoCloseable {
    static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(1);

    private static final Duration TOKEN_LIFE = Duration.ofHours(1);

    private final StackUpstream upstream = new StackUpstream();
    private final ServerProcess server;
    private final VitalsProbe probe;
    private final Requests ordinary;
    private final Requests attacker;
    private final Readers readers;
    private final Vitals before;

    private Target(Listener listener, Path directory)
            throws IOException, GeneralSecurityException, InterruptedException {
        TestCertificate certificate = TestCertificate.make(directory, "attack-" + System.nanoTime(), "EC");
        TestTokens tokens = new TestTokens();
        List<String> options = new ArrayList<>(tokens.keyOptions(directory));
        options.addAll(List.of(
                "--upstream=" + upstream.url(),
                "--heartbeat-interval=" + HEARTBEAT_INTERVAL.toSeconds() + "s",
                "--write-timeout=5s",
                "--retain=1s",
                "--max-connections-per-address=500"));
        if (listener == Listener.TLS) {
            options.add("--tls-cert=" + certificate.certificateFile());
            options.add("--tls-key=" + certificate.keyFile());
        }
        server = ServerProcess.start(directory, options);
        probe = new VitalsProbe(server);
        Endpoint endpoint = new Endpoint(listener, server.port(), certificate.trust());
        Instant expiry = Instant.now().plus(TOKEN_LIFE);
        ordinary = new Requests(endpoint, tokens.token("reader", expiry, ""));
        attacker = new Requests(endpoint, tokens.token("attacker", expiry, "stacks:refresh"));
        try {
            readers = Readers.start(ordinary);
            before = probe.measure();
        } catch (IOException | RuntimeException | Error e) {
            server.close();
            upstream.close();
            throw e;
        }
    }

    static Target start(Listener listener, Path directory)
            throws IOException, GeneralSecurityException, InterruptedException {
        return new Target(listener, directory);
    }

    ServerProcess server() {
        return server;
    }

    VitalsProbe probe() {
        return probe;
    }

    /** Requests of an ordinary client. */
    Requests ordinary() {
        return ordinary;
    }

    /** Requests of an attacker with a token. */
    Requests attacker() {
        return attacker;
    }

    Readers readers() {
        return readers;
    }

    /** The server's resources before the first attack. */
    Vitals before() {
        return before;
    }

    @Override
    public void close() {
        readers.close();
        server.close();
        upstream.close();
    }
}
