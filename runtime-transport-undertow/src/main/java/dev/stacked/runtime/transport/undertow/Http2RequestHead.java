package dev.stacked.runtime.transport.undertow;

import io.undertow.protocols.http2.Http2Channel;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks what Undertow does not check of the head of an HTTP/2 request: a proxy that translates it to HTTP/1.1 must not
 * turn it into two requests.
 */
final class Http2RequestHead {
    /** Connection headers, which HTTP/2 forbids. Undertow refuses the others. */
    private static final List<HttpString> OF_CONNECTIONS =
            List.of(Headers.UPGRADE, new HttpString("keep-alive"), new HttpString("proxy-connection"));

    /** Undertow closes the connection if the value is not a {@code long}. */
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,18}");

    private Http2RequestHead() {}

    static boolean isWellFormed(HeaderMap headers) {
        for (HeaderValues values : headers) {
            if (!values.stream().allMatch(Http2RequestHead::isValue)) {
                return false;
            }
        }
        return OF_CONNECTIONS.stream().noneMatch(headers::contains)
                && isCount(headers.get(Headers.CONTENT_LENGTH))
                && isOneHost(headers);
    }

    /**
     * Keeps the host of a request without {@code :authority}, as proxies send it that translate HTTP/1.1 (RFC 9113,
     * 8.3.1). Undertow replaces it by that of {@code :authority}, even if that is absent.
     */
    static void keepHost(HeaderMap headers) {
        String host = headers.getFirst(Headers.HOST);
        if (host != null && !headers.contains(Http2Channel.AUTHORITY)) {
            headers.put(Http2Channel.AUTHORITY, host);
        }
    }

    private static boolean isValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCount(@Nullable HeaderValues lengths) {
        return lengths == null
                || (lengths.size() == 1 && COUNT.matcher(lengths.getFirst()).matches());
    }

    private static boolean isOneHost(HeaderMap headers) {
        HeaderValues hosts = headers.get(Headers.HOST);
        HeaderValues authorities = headers.get(Http2Channel.AUTHORITY);
        if (hosts == null || authorities == null) {
            return (hosts == null || hosts.size() == 1) && (authorities == null || authorities.size() == 1);
        }
        return hosts.size() == 1
                && authorities.size() == 1
                && authorities.getFirst().equalsIgnoreCase(hosts.getFirst());
    }
}
