package dev.stacked.runtime.transport.testkit;

import java.net.URI;

/** A running server with the transport under test. */
public interface TransportServer extends AutoCloseable {
    /** The base URL, such as {@code http://127.0.0.1:40123}. */
    URI base();

    /** Prepares the shutdown: from now on new streams are refused as draining. */
    void drain();

    /** Stops the server at once. */
    @Override
    void close();
}
