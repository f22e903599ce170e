package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.core.EncodedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators learn of one stream as it happens, from the meters and, at DEBUG, from the log. Confined to the stream's
 * I/O thread.
 */
final class StreamReport {
    private static final Logger LOG = LoggerFactory.getLogger(ClientStream.class);

    private final String request;
    private final StreamMeters meters;
    private final FlushQueue flushQueue;
    private boolean open;
    private long openedAt;

    /** @param request as it stands in the log: without a query, as that may hold secrets */
    StreamReport(String request, StreamMeters meters, FlushQueue flushQueue) {
        this.request = request;
        this.meters = meters;
        this.flushQueue = flushQueue;
    }

    void opened() {
        open = true;
        openedAt = meters.now();
        meters.opened();
        LOG.debug("{} is open", request);
    }

    /** @param taken whether the socket has taken all of it at once */
    void wrote(EncodedEvent event, boolean taken) {
        if (StreamMeters.isLive(event, openedAt)) {
            if (taken) {
                meters.delivered(event);
            }
            flushQueue.wrote(event);
        }
    }

    void tooSlow() {
        meters.cutOff();
        LOG.debug("{} takes nothing any more and is cut off", request);
    }

    /** Nothing happens if it was never open. */
    void closed() {
        if (open) {
            open = false;
            meters.closed();
            LOG.debug("{} is closed", request);
        }
    }
}
