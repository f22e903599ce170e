package dev.stacked.runtime.app.options;

import dev.stacked.runtime.access.StreamLimits;
import dev.stacked.runtime.transport.undertow.ConnectionLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of what clients are granted. Picocli sets the fields. */
@SuppressWarnings("NullAway.Init")
final class LimitArguments {
    /** Twice an office of 500 people behind one address, so that all of them may reconnect before the old ones end. */
    private static final int STREAMS_PER_ADDRESS = 1000;
    /** All streams of an address may be of HTTP/1.1, and each page has a few connections more. */
    private static final int SOCKETS_PER_ADDRESS = 2000;
    /** Ten times this may come at once: that office after a restart. */
    private static final int NEW_STREAMS_PER_SECOND = 50;
    /** Ten times this may come at once: pages of an office whose session has expired. */
    private static final int FAILURES_PER_SECOND = 20;

    @Option(
            names = "--max-stacks",
            paramLabel = "N",
            defaultValue = "1000",
            converter = WholeNumberConverter.Limit.class,
            description = "Stacks held, with clients and retained. Default: ${DEFAULT-VALUE}.")
    private int stacks;

    @Option(
            names = "--max-connections-per-stack",
            paramLabel = "N",
            defaultValue = "10000",
            converter = WholeNumberConverter.Limit.class,
            description = "Open streams of one stack. Default: ${DEFAULT-VALUE}.")
    private int perStack;

    @Option(
            names = "--max-connections-per-principal",
            paramLabel = "N",
            defaultValue = "200",
            converter = WholeNumberConverter.Limit.class,
            description = "Open streams of one principal, that is, the subject of a token. Default: ${DEFAULT-VALUE}.")
    private int perPrincipal;

    @Option(
            names = "--max-connections-per-address",
            paramLabel = "N",
            converter = WholeNumberConverter.Limit.class,
            description = "Open streams of one client address. Default: 1000, without limit on loopback.")
    private @Nullable Integer perAddress;

    @Option(
            names = "--new-connections-per-address",
            paramLabel = "N",
            converter = WholeNumberConverter.Limit.class,
            description = "New streams of one client address each second, ten times as many at once. Default: 50,"
                    + " without limit on loopback.")
    private @Nullable Integer newPerAddress;

    @Option(
            names = "--failed-auth-per-address",
            paramLabel = "N",
            converter = WholeNumberConverter.Limit.class,
            description =
                    "Invalid tokens of one client address each second, ten times as many at once; then only tokens"
                            + " that were verified in the last minute are accepted. Default: 20, without limit on loopback.")
    private @Nullable Integer failuresPerAddress;

    @Option(
            names = "--max-sockets-per-address",
            paramLabel = "N",
            converter = WholeNumberConverter.Limit.class,
            description = "Open TCP connections of one client address; those of trusted proxies are not limited."
                    + " Default: 2000, without limit on loopback.")
    private @Nullable Integer socketsPerAddress;

    @Option(
            names = "--max-streams-per-socket",
            paramLabel = "N",
            defaultValue = "100",
            converter = WholeNumberConverter.Limit.class,
            description = "Concurrent HTTP/2 streams of one TCP connection. Default: ${DEFAULT-VALUE}.")
    private int streamsPerSocket;

    @Option(
            names = "--trusted-proxy",
            paramLabel = "NETWORK",
            split = ",",
            converter = TextConverter.Network.class,
            description = "Proxies whose X-Forwarded-For is believed, such as 10.0.0.0/8. Can be repeated.")
    private List<String> trustedProxies = List.of();

    LimitOptions options(ServerOptions server) {
        // On loopback all clients share one address: they are one person's, or come through a proxy that was not named.
        boolean tellsClientsApart = !server.isLoopback() || !trustedProxies.isEmpty();
        return new LimitOptions(
                new StreamLimits(
                        server.maxConnections(),
                        stacks,
                        perStack,
                        perPrincipal,
                        orDefault(perAddress, tellsClientsApart ? STREAMS_PER_ADDRESS : StreamLimits.NONE),
                        orDefault(newPerAddress, tellsClientsApart ? NEW_STREAMS_PER_SECOND : StreamLimits.NONE)),
                orDefault(failuresPerAddress, tellsClientsApart ? FAILURES_PER_SECOND : StreamLimits.NONE),
                ConnectionLimits.defaults(server.writeTimeout())
                        .withPerAddress(orDefault(
                                socketsPerAddress, tellsClientsApart ? SOCKETS_PER_ADDRESS : ConnectionLimits.NONE))
                        .withStreams(streamsPerSocket),
                trustedProxies);
    }

    private static int orDefault(@Nullable Integer given, int otherwise) {
        return given == null ? otherwise : given;
    }
}
