package dev.stacked.runtime.transport.undertow;

import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Limits a failure in the code of a stream to that stream. */
final class StreamFaults {
    private static final Logger LOG = LoggerFactory.getLogger(ClientStream.class);

    private StreamFaults() {}

    /**
     * Runs a step of a stream.
     *
     * @param close is called if the step fails
     */
    static void guard(Runnable step, Runnable close) {
        try {
            step.run();
        } catch (RejectedExecutionException e) {
            LOG.debug("The server is stopping, closing a stream", e);
            close.run();
        } catch (RuntimeException e) {
            LOG.error("A stream failed, closing it", e);
            close.run();
        } catch (Error e) {
            close.run();
            throw e;
        }
    }
}
