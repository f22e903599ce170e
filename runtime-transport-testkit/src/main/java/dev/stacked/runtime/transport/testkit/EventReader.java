package dev.stacked.runtime.transport.testkit;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes a transport's frames apart, on the client's side. */
@FunctionalInterface
public interface EventReader {
    /**
     * The next event; waits for it. Frames that carry no event are passed over, and answered if they must be.
     *
     * @return null at the end of the stream
     * @throws IOException as the connection throws it, or if a frame is malformed
     */
    @Nullable
    ReceivedEvent next() throws IOException;
}
