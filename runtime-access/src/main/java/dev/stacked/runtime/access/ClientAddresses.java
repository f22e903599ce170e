package dev.stacked.runtime.access;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The addresses of clients: the one at the other end of the connection, or, if that is a trusted proxy's, the one that
 * the proxy reports in {@code X-Forwarded-For}. Thread-safe.
 */
public final class ClientAddresses {
    private final List<IpNetwork> trusted;

    /**
     * Trusts these proxies.
     *
     * @param trustedProxies networks such as {@code 10.0.0.0/8}, {@code ::1/128} or {@code 192.0.2.7}
     * @throws IllegalArgumentException naming the first that is not a network
     */
    public ClientAddresses(Collection<String> trustedProxies) {
        trusted = trustedProxies.stream().map(IpNetwork::parse).toList();
    }

    /** Whether this is a network that may be trusted. */
    public static boolean isNetwork(String text) {
        return IpNetwork.tryParse(text).isPresent();
    }

    /**
     * The address of the client of a request. Of the addresses on the way, the nearest that is not a trusted proxy's
     * counts, as everything beyond it may be made up; so does the last trusted one if it reports no address.
     *
     * @param peer the address at the other end of the connection
     * @param forwardedFor the values of the request's headers {@code X-Forwarded-For}, in order
     */
    public InetAddress of(InetAddress peer, List<String> forwardedFor) {
        if (forwardedFor.isEmpty() || !isTrusted(peer)) {
            return peer;
        }
        InetAddress nearest = peer;
        Deque<String> reported =
                new ArrayDeque<>(List.of(String.join(",", forwardedFor).split(",", -1)));
        while (!reported.isEmpty() && isTrusted(nearest)) {
            Optional<InetAddress> next =
                    IpNetwork.address(withoutPort(reported.removeLast().strip()));
            if (next.isEmpty()) {
                return nearest;
            }
            nearest = next.get();
        }
        return nearest;
    }

    /** Whether this is the address of a trusted proxy. */
    public boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }

    /** Some proxies report {@code 192.0.2.7:4711} or {@code [2001:db8::7]:4711}. */
    private static String withoutPort(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            return end < 0 ? text : text.substring(1, end);
        }
        int colon = text.indexOf(':');
        boolean isOnly = colon >= 0 && colon == text.lastIndexOf(':');
        return isOnly ? text.substring(0, colon) : text;
    }
}
