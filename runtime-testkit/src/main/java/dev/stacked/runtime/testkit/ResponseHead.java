package dev.stacked.runtime.testkit;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The head of an HTTP/1.1 response.
 *
 * @param statusLine such as {@code HTTP/1.1 200 OK}
 * @param headers by case-insensitive name; the values of a repeated header are joined by {@code ", "}
 */
public record ResponseHead(String statusLine, Map<String, String> headers) {
    /** Copies the headers. */
    public ResponseHead {
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = Collections.unmodifiableMap(copy);
    }

    /** The status code, such as 200. */
    public int status() {
        return Integer.parseInt(statusLine.split(" ", 3)[1]);
    }
}
