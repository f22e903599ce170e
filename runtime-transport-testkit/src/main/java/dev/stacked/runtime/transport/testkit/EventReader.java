package dev.stacked.runtime.transport.testkit;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Parses a transport's frames on the client's side. */
@FunctionalInterface
public interface EventReader {
    /**
     * Waits for the next event. Frames without an event are skipped, and answered if the protocol requires it.
     *
     * @return null at the end of the stream
     * @throws IOException if the connection fails or a frame is malformed
     */
    @Nullable
    ReceivedEvent next() throws IOException;
}
