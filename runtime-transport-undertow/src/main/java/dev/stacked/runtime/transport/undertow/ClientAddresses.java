package dev.stacked.runtime.transport.undertow;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Whose requests they are: the address at the other end of the connection, or, if that is a trusted proxy's, the one
 * that it tells in {@code X-Forwarded-For}. Thread-safe.
 */
public final class ClientAddresses {
    private final List<IpNetwork> trusted;

    /**
     * Believes these proxies.
     *
     * @param trustedProxies networks such as {@code 10.0.0.0/8}, {@code ::1/128} or {@code 192.0.2.7}
     * @throws IllegalArgumentException naming the first that is none
     */
    public ClientAddresses(Collection<String> trustedProxies) {
        trusted = trustedProxies.stream().map(IpNetwork::parse).toList();
    }

    /** Whether this is a network that may be trusted. */
    public static boolean isNetwork(String text) {
        return IpNetwork.tryParse(text).isPresent();
    }

    /**
     * The client's address. Of the addresses on the way, the nearest that is no trusted proxy's counts, as everything
     * beyond it may be made up; so does the last trusted one if what it tells is no address.
     */
    InetAddress of(HttpServerExchange exchange) {
        InetAddress nearest = exchange.getSourceAddress().getAddress();
        Deque<String> told = isTrusted(nearest) ? forwardedFor(exchange) : new ArrayDeque<>();
        while (!told.isEmpty() && isTrusted(nearest)) {
            Optional<InetAddress> next =
                    IpNetwork.address(withoutPort(told.removeLast().strip()));
            if (next.isEmpty()) {
                return nearest;
            }
            nearest = next.get();
        }
        return nearest;
    }

    /** Whether this is the address of a trusted proxy. */
    boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }

    private static Deque<String> forwardedFor(HttpServerExchange exchange) {
        HeaderValues headers = exchange.getRequestHeaders().get(Headers.X_FORWARDED_FOR);
        return headers == null
                ? new ArrayDeque<>()
                : new ArrayDeque<>(List.of(String.join(",", headers).split(",", -1)));
    }

    /** Some proxies tell {@code 192.0.2.7:4711} or {@code [2001:db8::7]:4711}. */
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
