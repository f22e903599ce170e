package dev.stacked.runtime.testkit;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The first lines of an answer over HTTP/1.1.
 *
 * @param statusLine such as {@code HTTP/1.1 200 OK}
 * @param headers by their names in any case; one that is sent several times has its values joined by {@code ", "}
 */
public record ResponseHead(String statusLine, Map<String, String> headers) {
    /** Copies the headers. */
    public ResponseHead {
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = Collections.unmodifiableMap(copy);
    }

    /** The status, such as 200. */
    public int status() {
        return Integer.parseInt(statusLine.split(" ", 3)[1]);
    }
}
