package dev.stacked.runtime.app.internal.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EveryOptionTest {
    @TempDir
    Path directory;

    @ParameterizedTest(name = "{1} from {0}")
    @MethodSource("everyOptionFromEverySource")
    void everyOptionComesFromEverySource(
            Source source, String option, String value, Function<AppOptions, Object> reading, Object expected) {
        boolean namesUpstream = option.equals("--upstream") || option.equals("--demo");
        OptionsFixture invocation =
                namesUpstream ? new OptionsFixture(directory) : new OptionsFixture(directory).args("--demo");
        companion(option).ifPresent(invocation::args);

        assertEquals(
                expected, reading.apply(source.set(invocation, option, value).options()));
    }

    /** What an option says nothing without. */
    private static Optional<String> companion(String option) {
        return switch (option) {
            case "--tls-cert" -> Optional.of("--tls-key=tls.key");
            case "--tls-key" -> Optional.of("--tls-cert=tls.crt");
            case "--upstream-cert" -> Optional.of("--upstream-key=up.key");
            case "--upstream-key" -> Optional.of("--upstream-cert=up.crt");
            default -> Optional.empty();
        };
    }

    static Stream<Arguments> everyOptionFromEverySource() {
        return Arrays.stream(Source.values())
                .flatMap(source -> everyOption()
                        .map(option -> Arguments.of(Stream.concat(Stream.of(source), Arrays.stream(option.get()))
                                .toArray())));
    }

    static Stream<Arguments> everyOption() {
        return Stream.of(
                option(
                        "--upstream",
                        "https://host:1/base",
                        options -> options.upstream().source(),
                        new UpstreamOptions.Source.Remote(URI.create("https://host:1/base"))),
                option("--demo", "true", options -> options.upstream().source(), new UpstreamOptions.Source.Demo()),
                option(
                        "--upstream-header-file",
                        "/run/secrets/upstream",
                        options -> options.upstream().access().headerFile(),
                        Path.of("/run/secrets/upstream")),
                option(
                        "--upstream-cert",
                        "a.crt",
                        options -> options.upstream().access().certificates(),
                        Path.of("a.crt")),
                option(
                        "--upstream-key",
                        "a.key",
                        options -> options.upstream().access().key(),
                        Path.of("a.key")),
                option(
                        "--upstream-ca",
                        "ca.crt",
                        options -> options.upstream().access().authorities(),
                        Path.of("ca.crt")),
                option(
                        "--upstream-proxy",
                        "http://proxy:3128",
                        options -> options.upstream().access().proxy(),
                        URI.create("http://proxy:3128")),
                option(
                        "--expose-upstream-messages",
                        "true",
                        options -> options.upstream().access().exposeMessages(),
                        true),
                option("--host", "::1", options -> options.server().host(), "::1"),
                option(
                        "--tls-cert",
                        "/a/b.crt",
                        AppOptions::tls,
                        new TlsOptions.Files(Path.of("/a/b.crt"), Path.of("tls.key"))),
                option(
                        "--tls-key",
                        "b.key",
                        AppOptions::tls,
                        new TlsOptions.Files(Path.of("tls.crt"), Path.of("b.key"))),
                option("--port", "0", options -> options.server().port(), 0),
                option(
                        "--stack-path",
                        "/s/{stackId}",
                        options -> options.upstream().stackPath(),
                        "/s/{stackId}"),
                option(
                        "--reconcile-path",
                        "/{stageId}/of/{stackId}",
                        options -> options.upstream().reconcilePath(),
                        "/{stageId}/of/{stackId}"),
                option(
                        "--reconcile-batch-path",
                        "/s/{stackId}/all",
                        options -> options.upstream().batchPath(),
                        "/s/{stackId}/all"),
                option("--poll-interval", "200ms", options -> options.streams().pollInterval(), Duration.ofMillis(200)),
                option(
                        "--idle-poll-interval",
                        "1m",
                        options -> options.streams().idlePollInterval(),
                        Duration.ofMinutes(1)),
                option(
                        "--max-poll-interval",
                        "5m",
                        options -> options.streams().maxPollInterval(),
                        Duration.ofMinutes(5)),
                option("--document-interval", "0s", options -> options.streams().documentInterval(), Duration.ZERO),
                option("--max-backoff", "30s", options -> options.streams().maxBackOff(), Duration.ofSeconds(30)),
                option("--upstream-rate", "50/s", options -> options.streams().upstreamRate(), 50),
                option(
                        "--heartbeat-interval",
                        "1m",
                        options -> options.streams().heartbeatInterval(),
                        Duration.ofMinutes(1)),
                option(
                        "--first-snapshot-timeout",
                        "10ms",
                        options -> options.streams().firstSnapshotTimeout(),
                        Duration.ofMillis(10)),
                option("--retain", "24h", options -> options.streams().retain(), Duration.ofHours(24)),
                option("--history", "65536", options -> options.streams().history(), 65_536),
                option("--history-bytes", "2048", options -> options.streams().historyBytes(), 2048L),
                option("--write-timeout", "7s", options -> options.server().writeTimeout(), Duration.ofSeconds(7)),
                option("--upstream-timeout", "9s", options -> options.upstream().timeout(), Duration.ofSeconds(9)),
                option("--retry-attempts", "10", options -> options.upstream().retryAttempts(), 10),
                option(
                        "--reconcile-concurrency",
                        "1",
                        options -> options.upstream().reconcileConcurrency(),
                        1),
                option("--max-connections", "1", options -> options.server().maxConnections(), 1),
                option(
                        "--transports",
                        "websocket",
                        options -> options.server().transports(),
                        Set.of(ServerOptions.Transport.WEBSOCKET)),
                option(
                        "--base-path",
                        "/a/b.c~d_e-f",
                        options -> options.server().basePath(),
                        "/a/b.c~d_e-f"),
                option("--page", "false", options -> options.server().page(), false),
                option(
                        "--allowed-origin",
                        "https://a.example,http://b.example:81",
                        options -> options.server().allowedOrigins(),
                        List.of("https://a.example", "http://b.example:81")),
                option(
                        "--allowed-host",
                        "board.example,192.0.2.7",
                        options -> options.server().allowedHosts(),
                        List.of("board.example", "192.0.2.7")),
                option("--error-event", "problem", options -> options.streams().errorEvent(), "problem"),
                option("--insecure", "true", options -> options.access().insecure(), true),
                option(
                        "--jwt-jwks-url",
                        "https://issuer.example/keys?tenant=1",
                        options -> options.access().tokens().jwksUrl(),
                        URI.create("https://issuer.example/keys?tenant=1")),
                option(
                        "--jwt-key-file",
                        "/no/such",
                        options -> options.access().tokens().keyFile(),
                        "/no/such"),
                option(
                        "--jwt-issuer",
                        "me",
                        options -> options.access().tokens().issuer(),
                        "me"),
                option(
                        "--jwt-audience",
                        "you",
                        options -> options.access().tokens().audience(),
                        "you"),
                option(
                        "--jwt-algorithms",
                        "PS384,ES512",
                        options -> options.access().tokens().algorithms(),
                        Set.of("PS384", "ES512")),
                option(
                        "--max-stacks",
                        "7",
                        options -> options.limits().streams().stacks(),
                        7),
                option(
                        "--max-connections-per-stack",
                        "7",
                        options -> options.limits().streams().perStack(),
                        7),
                option(
                        "--max-connections-per-principal",
                        "7",
                        options -> options.limits().streams().perPrincipal(),
                        7),
                option(
                        "--max-connections-per-address",
                        "7",
                        options -> options.limits().streams().perAddress(),
                        7),
                option(
                        "--new-connections-per-address",
                        "7",
                        options -> options.limits().streams().newPerSecond(),
                        7),
                option(
                        "--failed-auth-per-address",
                        "7",
                        options -> options.limits().failuresPerSecond(),
                        7),
                option(
                        "--max-sockets-per-address",
                        "7",
                        options -> options.limits().connections().perAddress(),
                        7),
                option(
                        "--max-streams-per-socket",
                        "7",
                        options -> options.limits().connections().streams(),
                        7),
                option(
                        "--trusted-proxy",
                        "10.0.0.0/8,::1",
                        options -> options.limits().trustedProxies(),
                        List.of("10.0.0.0/8", "::1")),
                option("--drain-window", "0s", options -> options.server().drainWindow(), Duration.ZERO),
                option("--admin-host", "0.0.0.0", options -> options.admin().host(), "0.0.0.0"),
                option("--admin-port", "0", options -> options.admin().port(), new AdminOptions.Port.Fixed(0)),
                option("--log-format", "json", options -> options.log().format(), LogOptions.Format.JSON),
                option("--log-level", "debug", options -> options.log().level(), LogOptions.Level.DEBUG));
    }

    private static Arguments option(String name, String value, Function<AppOptions, Object> reading, Object expected) {
        return Arguments.of(name, value, reading, expected);
    }
}
