package dev.stacked.runtime.app.internal.options;

import dev.stacked.runtime.access.AllowedHosts;
import dev.stacked.runtime.access.OriginPolicy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The server itself: its address, its limits, its routes and its end.
 *
 * @param host name or address of the interface, as it was given
 * @param port 0 to 65535; 0 takes a free one
 * @param maxConnections open streams in all
 * @param writeTimeout a client that accepts no byte for this long is disconnected
 * @param transports the transports that are served
 * @param basePath path before all routes, such as {@code /runtime}; empty for none
 * @param page whether the page for people is served
 * @param allowedOrigins web origins whose pages may read streams, besides the server's own
 * @param allowedHosts host names that requests may be for, besides loopback names; empty for none on loopback and any
 *     elsewhere
 * @param drainWindow time over which the ends of open streams are spread at shutdown; zero ends all at once
 */
public record ServerOptions(
        String host,
        int port,
        int maxConnections,
        Duration writeTimeout,
        Set<Transport> transports,
        String basePath,
        boolean page,
        List<String> allowedOrigins,
        List<String> allowedHosts,
        Duration drainWindow) {
    private static final Pattern BASE_PATH_FORM = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)+");

    private static final Option<String> HOST =
            Option.of("--host", "HOST", Values.host(), "127.0.0.1", "Interface to listen on.");

    static final Option<Integer> PORT =
            Option.of("--port", "PORT", Values.port(), "8080", "Port to listen on; 0 takes a free one.");

    private static final Option<Integer> MAX_CONNECTIONS =
            Option.of("--max-connections", "N", Values.count(), "20000", "Open streams in all; more are refused.");

    private static final Option<Duration> WRITE_TIMEOUT = Option.of(
            "--write-timeout",
            "DURATION",
            Values.duration(),
            "30s",
            "A client that accepts no byte for this long is disconnected.");

    private static final Option<Set<Transport>> TRANSPORTS = Option.set(
            "--transports",
            "NAME",
            Values.choice(Transport.class, "must be sse, websocket, or both with a comma between"),
            "sse,websocket",
            "Transports that are served: sse, websocket.");

    private static final Option<Optional<String>> BASE_PATH = Option.optional(
            "--base-path",
            "PATH",
            Values.text(
                    BASE_PATH_FORM.asMatchPredicate(),
                    "must be a path such as /runtime: of letters, digits, '.', '_', '~' or '-', and without '/' at its"
                            + " end"),
            "Path under which a reverse proxy serves this server, such as /runtime.");

    private static final Option<Boolean> PAGE =
            Option.of("--page", "true|false", Values.trueOrFalse(), "true", "Serve the page for people at /.");

    private static final Option<List<String>> ALLOWED_ORIGINS = Option.list(
            "--allowed-origin",
            "ORIGIN",
            Values.text(
                    OriginPolicy::isOrigin,
                    "must be http(s)://host or http(s)://host:port, without a path; several have a comma between"),
            "Web origin whose pages may read streams, besides the server's own.");

    private static final Option<List<String>> ALLOWED_HOSTS = Option.list(
            "--allowed-host",
            "HOST",
            Values.text(
                    AllowedHosts::isName,
                    "must be a host name or an IP address without a port; several have a comma between"),
            "Host name, without port, that requests may be for, besides loopback names."
                    + " Default: none on loopback, any elsewhere.");

    private static final Option<Duration> DRAIN_WINDOW = Option.of(
            "--drain-window",
            "DURATION",
            Values.durationFrom(Duration.ZERO),
            "5s",
            "Time over which open streams end at shutdown; 0s: at once.");

    static final List<Option<?>> ALL = List.of(
            HOST,
            PORT,
            MAX_CONNECTIONS,
            WRITE_TIMEOUT,
            TRANSPORTS,
            BASE_PATH,
            PAGE,
            ALLOWED_ORIGINS,
            ALLOWED_HOSTS,
            DRAIN_WINDOW);

    /** Copies the collections. */
    public ServerOptions {
        transports = Set.copyOf(transports);
        allowedOrigins = List.copyOf(allowedOrigins);
        allowedHosts = List.copyOf(allowedHosts);
    }

    static ServerOptions of(Reading given) {
        return new ServerOptions(
                given.get(HOST),
                given.get(PORT),
                given.get(MAX_CONNECTIONS),
                given.get(WRITE_TIMEOUT),
                given.get(TRANSPORTS),
                given.get(BASE_PATH).orElse(""),
                given.get(PAGE),
                given.get(ALLOWED_ORIGINS),
                given.get(ALLOWED_HOSTS),
                given.get(DRAIN_WINDOW));
    }

    /** Whether only this machine can reach it; an unknown name counts as reachable. */
    public boolean isLoopback() {
        return isLoopback(host);
    }

    static boolean isLoopback(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The transports that can be served. */
    public enum Transport {
        /** Server-Sent Events. */
        SSE,
        /** WebSocket. */
        WEBSOCKET;

        /** The name as it is written in options, such as {@code sse}. */
        public String optionName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
