package dev.stacked.runtime.transport.undertow;

import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a fault in a stream's own code costs: that stream and nothing else. */
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
            LOG.debug("The server is stopping; a stream is closed", e);
            close.run();
        } catch (RuntimeException e) {
            LOG.error("A stream failed and is closed", e);
            close.run();
        } catch (Error e) {
            close.run();
            throw e;
        }
    }
}
