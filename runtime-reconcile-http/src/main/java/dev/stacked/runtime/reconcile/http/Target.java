package dev.stacked.runtime.reconcile.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/** What all requests to the upstream have in common. Thread-safe. */
final class Target {
    private final String prefix;
    private final byte[] commonHeaders;
    private final Redaction headers;
    private final boolean proxied;

    private Target(String prefix, byte[] commonHeaders, Redaction headers, boolean proxied) {
        this.prefix = prefix;
        this.commonHeaders = commonHeaders;
        this.headers = headers;
        this.proxied = proxied;
    }

    /**
     * @param hasProxy whether connections go through a proxy
     * @param headers those that may change
     */
    static Target of(URI base, boolean hasProxy, Redaction headers) {
        Origin origin = Origin.of(base);
        boolean proxied = hasProxy && !origin.isSecure();
        String common = " HTTP/1.1\r\nhost: " + origin.authority() + "\r\naccept: application/json\r\n";
        return new Target(
                (proxied ? "http://" + origin.authority() : "") + base.getRawPath(),
                common.getBytes(StandardCharsets.US_ASCII),
                headers,
                proxied);
    }

    /**
     * What stands before a path in the request line: the path of the upstream's URL, and for a proxy that is asked without
     * a tunnel the whole URL.
     */
    String prefix() {
        return prefix;
    }

    /** The end of the request line, and the headers that never change. Must not be modified. */
    byte[] commonHeaders() {
        return commonHeaders;
    }

    /** The lines of the headers that may change. Must not be modified. */
    byte[] credentials() {
        UpstreamHeaders current = headers.headers();
        return proxied ? current.forAll() : current.forUpstream();
    }
}
