package dev.stacked.runtime.app.options;

import java.net.URI;

/** Which upstream is polled. */
public sealed interface UpstreamSource {
    /**
     * A server that somebody runs.
     *
     * @param base http or https, with a host, without user, query and fragment
     */
    record Remote(URI base) implements UpstreamSource {}

    /** The built-in one, started on loopback. */
    record Demo() implements UpstreamSource {}
}
