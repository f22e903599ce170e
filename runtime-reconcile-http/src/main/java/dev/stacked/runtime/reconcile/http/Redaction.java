package dev.stacked.runtime.reconcile.http;

import java.util.function.Supplier;

/**
 * Removes our credentials from an upstream's words, as some upstreams repeat what they refuse. Covers the current headers
 * and those before them, with which an answer on its way may have been asked for. Thread-safe.
 */
final class Redaction {
    private final Supplier<UpstreamHeaders> headers;
    private UpstreamHeaders current = UpstreamHeaders.NONE;
    private UpstreamHeaders previous = UpstreamHeaders.NONE;

    Redaction(Supplier<UpstreamHeaders> headers) {
        this.headers = headers;
    }

    /** The current headers. */
    synchronized UpstreamHeaders headers() {
        UpstreamHeaders now = headers.get();
        if (!now.equals(current)) {
            previous = current;
            current = now;
        }
        return now;
    }

    /** The text without our credentials, on one line. */
    synchronized String clean(String text) {
        headers();
        return SanitizedText.of(previous.redact(current.redact(text)));
    }
}
