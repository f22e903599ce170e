package dev.stacked.runtime.access;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The origins whose pages may read streams: those that are listed, and the server's own. One list drives both
 * cross-origin requests (CORS) and the check of WebSocket upgrades, which browsers let any page make. Thread-safe.
 */
public final class OriginPolicy {
    private static final Pattern ORIGIN = Pattern.compile("https?://[^/?#@\\s*,]+", Pattern.CASE_INSENSITIVE);

    private final Set<String> listed;

    /**
     * Allows the server's own origin and these.
     *
     * @param origins each as a browser sends it: {@code https://host} or {@code https://host:port}
     * @throws IllegalArgumentException naming the first that is not an origin
     */
    public OriginPolicy(Collection<String> origins) {
        this.listed = origins.stream().map(OriginPolicy::requireOrigin).collect(Collectors.toUnmodifiableSet());
    }

    /** Allows the server's own origin only. */
    public static OriginPolicy ownOnly() {
        return new OriginPolicy(Set.of());
    }

    /** Whether this is an origin as a browser sends it. */
    public static boolean isOrigin(String text) {
        return ORIGIN.matcher(text).matches();
    }

    private static String requireOrigin(String origin) {
        if (!isOrigin(origin)) {
            throw new IllegalArgumentException(
                    "An allowed origin is http(s)://host or http(s)://host:port; it is '" + origin + "'.");
        }
        return origin.toLowerCase(Locale.ROOT);
    }

    /** Whether this origin is listed. */
    public boolean lists(String origin) {
        return listed.contains(origin.toLowerCase(Locale.ROOT));
    }

    /**
     * Whether a request may be served. Programs send no origin.
     *
     * @param origin the value of {@code Origin}; null if absent
     * @param host the value of {@code Host} or {@code :authority}; null if absent
     */
    public boolean allows(@Nullable String origin, @Nullable String host) {
        return origin == null || lists(origin) || isOwn(origin, host);
    }

    /** By host and port only: behind a proxy that ends TLS the scheme is not the browser's. */
    private static boolean isOwn(String origin, @Nullable String host) {
        int scheme = origin.indexOf("://");
        return host != null && scheme > 0 && origin.substring(scheme + 3).equalsIgnoreCase(host);
    }
}
