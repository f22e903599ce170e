package dev.stacked.runtime.reconcile.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * What all requests to the upstream have in common.
 *
 * @param prefix what stands before a path in the request line: the URL's path, and for a proxy that is asked without a
 *     tunnel the whole URL
 * @param commonHeaders the end of the request line, and the headers that never change. Must not be modified
 * @param headers the headers that may change
 * @param proxied whether a proxy reads the requests
 */
record Target(String prefix, byte[] commonHeaders, Redaction headers, boolean proxied) {
    /** @param hasProxy whether connections go through a proxy */
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

    /** The lines of the headers that may change. */
    byte[] credentials() {
        UpstreamHeaders current = headers.headers();
        return proxied ? current.forAll() : current.forUpstream();
    }
}
