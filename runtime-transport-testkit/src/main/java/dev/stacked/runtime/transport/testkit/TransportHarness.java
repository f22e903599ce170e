package dev.stacked.runtime.transport.testkit;

import dev.stacked.runtime.core.PollerRegistry;
import java.util.Map;

/** Adapts a transport to the {@link TransportContract}. */
public interface TransportHarness {
    /** Starts a server with only this transport, on a free port of the loopback interface. */
    TransportServer start(PollerRegistry registry, TransportLimits limits);

    /**
     * The path of a stack's stream, such as {@code /api/stacks/{id}/runtime/stream}.
     *
     * @param encodedId the percent-encoded id; may be empty
     */
    String path(String encodedId);

    /** Creates a reader of the events that follow the response which opened a stream. */
    EventReader reader(HttpConnection opened);

    /** Request headers of a stream; empty by default. {@code Host} is always added. */
    default Map<String, String> requestHeaders() {
        return Map.of();
    }

    /** Status of the response that opens a stream; 200 by default. */
    default int openStatus() {
        return 200;
    }
}
