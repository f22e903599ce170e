package dev.stacked.runtime.transport.testkit;

import dev.stacked.runtime.core.PollerRegistry;
import java.util.Map;

/** What the {@link TransportContract} must know of a transport. */
public interface TransportHarness {
    /** Starts a server with nothing but this transport, on a free port of the loopback interface. */
    TransportServer start(PollerRegistry registry, TransportLimits limits);

    /**
     * The path of a stack's stream, such as {@code /api/stacks/{id}/runtime/stream}.
     *
     * @param encodedId the id, percent-encoded already; may be empty
     */
    String path(String encodedId);

    /** How a client goes on after the answer with which a stream opened. */
    EventReader reader(HttpConnection opened);

    /** The headers that ask for a stream; by default none. A {@code Host} is sent in any case. */
    default Map<String, String> requestHeaders() {
        return Map.of();
    }

    /** The status with which a stream opens; by default 200. */
    default int openStatus() {
        return 200;
    }
}
