package dev.stacked.runtime.transport.undertow;

import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.util.Optional;

/** Finds a cookie among a request's headers. Keeps nothing, so that it may be asked on any thread. */
final class RequestCookies {
    private RequestCookies() {}

    /** The value of the first cookie of this name, as it was sent. */
    static Optional<String> find(HeaderMap headers, String name) {
        HeaderValues lines = headers.get(Headers.COOKIE);
        if (lines == null) {
            return Optional.empty();
        }
        for (String line : lines) {
            for (String pair : line.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                    return Optional.of(pair.substring(equals + 1).strip());
                }
            }
        }
        return Optional.empty();
    }
}
