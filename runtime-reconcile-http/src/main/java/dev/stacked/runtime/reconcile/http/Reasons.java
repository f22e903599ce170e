package dev.stacked.runtime.reconcile.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Map;
import javax.net.ssl.SSLException;

/** Why calls fail, in a few words for operators. They are ours: nothing of an answer is in them but its status. */
final class Reasons {
    /** Names of RFC 9110 for answers that upstreams, and gateways before them, give. */
    private static final Map<Integer, String> PHRASES = Map.ofEntries(
            Map.entry(301, "Moved Permanently"),
            Map.entry(302, "Found"),
            Map.entry(307, "Temporary Redirect"),
            Map.entry(308, "Permanent Redirect"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(407, "Proxy Authentication Required"),
            Map.entry(408, "Request Timeout"),
            Map.entry(409, "Conflict"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"));

    private Reasons() {}

    /** The upstream answered with another status than those of a success. */
    static String ofStatus(int status) {
        String phrase = PHRASES.get(status);
        return phrase == null ? "HTTP " + status : "HTTP " + status + " " + phrase;
    }

    /** The upstream answered with a status of a success, and a body that breaks the contract. */
    static String ofInvalid(int status) {
        return "HTTP " + status + " with an invalid body";
    }

    /** There was no complete answer. */
    static String ofLost(Exception failure) {
        if (failure instanceof UpstreamTimeoutException timeout) {
            return timeout.wasConnected() ? "no answer in time" : "connect timeout";
        }
        if (failure instanceof UnknownHostException) {
            return "unknown host";
        }
        if (failure instanceof ProxyRefusedException refused) {
            return "proxy: " + ofStatus(refused.status());
        }
        if (failure instanceof ConnectException) {
            return "connection refused";
        }
        if (failure instanceof SSLException) {
            return "TLS failed";
        }
        return failure instanceof IOException ? "connection lost" : "not called";
    }
}
