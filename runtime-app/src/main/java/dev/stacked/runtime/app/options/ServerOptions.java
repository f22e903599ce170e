package dev.stacked.runtime.app.options;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Where the server listens and what it grants a connection.
 *
 * @param host name or address of the interface, as it was given
 * @param port 0 to 65535; 0 takes a free one
 * @param maxConnections how many streams may be open in all
 * @param writeTimeout how long a client may take no byte before it is cut off
 * @param transports how streams are served
 * @param basePath path before all routes, such as {@code /runtime}; empty for none
 * @param page whether the page for people is served
 * @param allowedOrigins web origins whose pages may read streams, besides the server's own
 * @param allowedHosts host names that requests may be for, besides loopback names; empty for none on loopback and any
 *     elsewhere
 */
public record ServerOptions(
        String host,
        int port,
        int maxConnections,
        Duration writeTimeout,
        Set<TransportName> transports,
        String basePath,
        boolean page,
        List<String> allowedOrigins,
        List<String> allowedHosts) {
    /** Copies the collections. */
    public ServerOptions {
        transports = Set.copyOf(transports);
        allowedOrigins = List.copyOf(allowedOrigins);
        allowedHosts = List.copyOf(allowedHosts);
    }

    /** Whether only this machine can reach it; a name that is not known counts as reachable. */
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
}
