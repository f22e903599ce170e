package dev.stacked.runtime.transport.testkit;

import java.net.URI;

/** A running server with the transport that is tested. */
public interface TransportServer extends AutoCloseable {
    /** Where it listens, such as {@code http://127.0.0.1:40123}. */
    URI base();

    /** Does what the transport has to do before a shutdown: from now on new streams are refused as draining. */
    void drain();

    /** Stops it at once. */
    @Override
    void close();
}
