package dev.stacked.runtime.reconcile.http;

import java.net.URI;
import java.util.Locale;

/**
 * Scheme, host and port of a server.
 *
 * @param host a name or an IP address, without the brackets of IPv6
 */
record Origin(boolean isSecure, String host, int port) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /** @param url {@code http} or {@code https}, with a host */
    static Origin of(URI url) {
        boolean secure = "https".equals(url.getScheme().toLowerCase(Locale.ROOT));
        String host = url.getHost();
        boolean bracketed = host.startsWith("[");
        int standard = secure ? HTTPS_PORT : HTTP_PORT;
        return new Origin(
                secure,
                bracketed ? host.substring(1, host.length() - 1) : host,
                url.getPort() < 0 ? standard : url.getPort());
    }

    /** As it is written in the header {@code Host}: without the port if it is the scheme's. */
    String authority() {
        boolean isStandard = port == (isSecure ? HTTPS_PORT : HTTP_PORT);
        return isStandard ? bracketed() : hostAndPort();
    }

    /** With the port in any case. */
    String hostAndPort() {
        return bracketed() + ":" + port;
    }

    private String bracketed() {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }
}
