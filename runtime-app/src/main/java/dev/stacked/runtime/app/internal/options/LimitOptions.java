package dev.stacked.runtime.app.internal.options;

import dev.stacked.runtime.access.ClientAddresses;
import dev.stacked.runtime.access.StreamLimits;
import dev.stacked.runtime.transport.undertow.ConnectionLimits;
import java.util.List;
import java.util.Optional;

/**
 * The limits of clients.
 *
 * @param streams how many streams there may be
 * @param failuresPerSecond invalid credentials of one client address each second on average
 * @param connections limits of a connection
 * @param trustedProxies the networks of proxies whose forwarded client addresses are trusted
 */
public record LimitOptions(
        StreamLimits streams, int failuresPerSecond, ConnectionLimits connections, List<String> trustedProxies) {
    /** Twice an office of 500 people behind one address, so that all of them may reconnect before the old ones end. */
    private static final int STREAMS_PER_ADDRESS = 1000;
    /** All streams of an address may be of HTTP/1.1, and each page has a few connections more. */
    private static final int SOCKETS_PER_ADDRESS = 2000;
    /** Ten times this may come at once: that office after a restart. */
    private static final int NEW_STREAMS_PER_SECOND = 50;
    /** Ten times this may come at once: pages of an office whose session has expired. */
    private static final int FAILURES_PER_SECOND = 20;

    private static final Option<Integer> STACKS =
            Option.of("--max-stacks", "N", Values.count(), "1000", "Stacks in memory, with readers and retained.");

    private static final Option<Integer> PER_STACK =
            Option.of("--max-connections-per-stack", "N", Values.count(), "10000", "Open streams of one stack.");

    private static final Option<Integer> PER_PRINCIPAL = Option.of(
            "--max-connections-per-principal",
            "N",
            Values.count(),
            "200",
            "Open streams of one principal, that is, the subject of a token.");

    private static final Option<Optional<Integer>> PER_ADDRESS =
            perAddress("--max-connections-per-address", STREAMS_PER_ADDRESS, "Open streams of one client address.");

    private static final Option<Optional<Integer>> NEW_PER_ADDRESS = perAddress(
            "--new-connections-per-address",
            NEW_STREAMS_PER_SECOND,
            "New streams of one client address each second, ten times as many at once.");

    private static final Option<Optional<Integer>> FAILURES_PER_ADDRESS = perAddress(
            "--failed-auth-per-address",
            FAILURES_PER_SECOND,
            "Invalid tokens of one client address each second, ten times as many at once; then only tokens that were"
                    + " verified in the last minute are accepted.");

    private static final Option<Optional<Integer>> SOCKETS = perAddress(
            "--max-sockets-per-address",
            SOCKETS_PER_ADDRESS,
            "Open TCP connections of one client address; those of trusted proxies are not limited.");

    private static final Option<Integer> STREAMS_PER_SOCKET = Option.of(
            "--max-streams-per-socket", "N", Values.count(), "100", "Concurrent HTTP/2 streams of one TCP connection.");

    private static final Option<List<String>> TRUSTED_PROXIES = Option.list(
            "--trusted-proxy",
            "NETWORK",
            Values.text(
                    ClientAddresses::isNetwork,
                    "must be an IP address or a network such as 10.0.0.0/8; several have a comma between"),
            "Proxies whose X-Forwarded-For is trusted, such as 10.0.0.0/8.");

    static final List<Option<?>> ALL = List.of(
            STACKS,
            PER_STACK,
            PER_PRINCIPAL,
            PER_ADDRESS,
            NEW_PER_ADDRESS,
            FAILURES_PER_ADDRESS,
            SOCKETS,
            STREAMS_PER_SOCKET,
            TRUSTED_PROXIES);

    /** Copies the list. */
    public LimitOptions {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** On loopback all clients share one address: they are one person's, or come through a proxy that is not named. */
    private static Option<Optional<Integer>> perAddress(String name, int fallback, String description) {
        return Option.optional(
                name,
                "N",
                Values.count(),
                "%s Default: %d, without limit on loopback.".formatted(description, fallback));
    }

    static LimitOptions of(Reading given, ServerOptions server) {
        List<String> proxies = given.get(TRUSTED_PROXIES);
        boolean distinguishesClients = !server.isLoopback() || !proxies.isEmpty();
        StreamLimits streams = new StreamLimits(
                server.maxConnections(),
                given.get(STACKS),
                given.get(PER_STACK),
                given.get(PER_PRINCIPAL),
                given.get(PER_ADDRESS).orElse(distinguishesClients ? STREAMS_PER_ADDRESS : StreamLimits.NONE),
                given.get(NEW_PER_ADDRESS).orElse(distinguishesClients ? NEW_STREAMS_PER_SECOND : StreamLimits.NONE));
        ConnectionLimits connections = ConnectionLimits.defaults(server.writeTimeout())
                .withPerAddress(
                        given.get(SOCKETS).orElse(distinguishesClients ? SOCKETS_PER_ADDRESS : ConnectionLimits.NONE))
                .withStreams(given.get(STREAMS_PER_SOCKET));
        int failures =
                given.get(FAILURES_PER_ADDRESS).orElse(distinguishesClients ? FAILURES_PER_SECOND : StreamLimits.NONE);
        return new LimitOptions(streams, failures, connections, proxies);
    }
}
