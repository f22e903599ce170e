package dev.stacked.runtime.access;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The host names that a server answers to: loopback names, and those that are listed. A page whose own name resolves to
 * a loopback address (DNS rebinding) has the server's origin in its browser, but sends its own name. Thread-safe.
 */
public final class AllowedHosts {
    private static final Pattern NAME = Pattern.compile("[\\p{Alnum}._-]+|[0-9a-fA-F:.]+");

    private final boolean any;
    private final Set<String> names;

    private AllowedHosts(boolean any, Set<String> names) {
        this.any = any;
        this.names = names;
    }

    /** Allows every name: for a server that other machines reach by names that it does not know. */
    public static AllowedHosts any() {
        return new AllowedHosts(true, Set.of());
    }

    /**
     * Allows loopback names ({@code localhost}, names below it, addresses in 127.0.0.0/8 and ::1) and these.
     *
     * @param names host names or IP addresses, without port and in any case; IPv6 without brackets
     * @throws IllegalArgumentException naming the first that is not valid
     */
    public static AllowedHosts loopbackAnd(Collection<String> names) {
        return new AllowedHosts(
                false, names.stream().map(AllowedHosts::requireName).collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether this is a host name or an IP address that can be listed. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    private static String requireName(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "An allowed host is a host name or an IP address without a port; it is '" + name + "'.");
        }
        return normalized(name);
    }

    /**
     * Whether a request may be served.
     *
     * @param header the value of {@code Host} or {@code :authority}; null if absent, which no browser sends
     */
    public boolean allows(@Nullable String header) {
        if (any || header == null) {
            return true;
        }
        String host = normalized(withoutPort(header));
        return isLoopback(host) || names.contains(host);
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || IpNetwork.address(host)
                        .filter(InetAddress::isLoopbackAddress)
                        .isPresent();
    }

    private static String withoutPort(String header) {
        if (header.startsWith("[")) {
            int end = header.indexOf(']');
            return end < 0 ? header : header.substring(1, end);
        }
        int colon = header.indexOf(':');
        return colon < 0 ? header : header.substring(0, colon);
    }

    /** One spelling for each host: lower case, without the dot of a fully qualified name, IPv6 in one form. */
    private static String normalized(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        String bare = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        return IpNetwork.address(bare).map(InetAddress::getHostAddress).orElse(bare);
    }
}
