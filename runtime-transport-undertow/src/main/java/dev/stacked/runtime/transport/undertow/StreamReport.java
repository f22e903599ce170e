package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.access.LogText;
import dev.stacked.runtime.core.EncodedEvent;
import java.net.InetAddress;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Meters and, at DEBUG, logs of one stream. Confined to the stream's I/O thread. */
final class StreamReport {
    private static final Logger LOG = LoggerFactory.getLogger(ClientStream.class);

    private final String request;
    private final InetAddress client;
    private final @Nullable String principal;
    private final StreamMeters meters;
    private boolean open;
    private boolean stalled;
    private long openedAt;
    /** The oldest change in the write that is being filled; empty if it has none. */
    private OptionalLong oldest = OptionalLong.empty();

    /**
     * @param request the request's path for the log, without the query, which may contain secrets
     * @param client the client's address
     * @param principal the client's name; null without one
     */
    StreamReport(String request, InetAddress client, @Nullable String principal, StreamMeters meters) {
        this.request = request;
        this.client = client;
        this.principal = principal;
        this.meters = meters;
    }

    void opened() {
        open = true;
        openedAt = meters.now();
        meters.opened();
        log("opened");
    }

    /** An event becomes part of the next write. Events that happened before the stream opened are not measured. */
    void writing(EncodedEvent event) {
        OptionalLong created = event.createdAtNanos();
        if (oldest.isEmpty() && created.isPresent() && event.id().isPresent() && created.getAsLong() - openedAt >= 0) {
            oldest = created;
        }
    }

    /**
     * A write was made; a stream whose socket has not taken it waits for its client.
     *
     * @param taken whether the socket has taken all of it at once
     * @return {@code taken}
     */
    boolean wrote(boolean taken) {
        if (!taken) {
            stalled();
        }
        if (oldest.isPresent()) {
            if (taken) {
                meters.delivered(oldest.getAsLong());
            }
            oldest = OptionalLong.empty();
        }
        return taken;
    }

    /** Does nothing if the write has failed, so that the stream is over. */
    private void stalled() {
        if (open && !stalled) {
            stalled = true;
            meters.stalls().began(this);
        }
    }

    /** The client's socket has taken everything. */
    void resumed() {
        if (stalled) {
            stalled = false;
            meters.stalls().ended(this);
        }
    }

    void tooSlow() {
        meters.cutOff();
        log("write timeout, closing");
    }

    /** Does nothing if the stream was never open. */
    void closed() {
        if (open) {
            open = false;
            resumed();
            meters.closed();
            log("closed");
        }
    }

    private void log(String event) {
        if (LOG.isDebugEnabled()) {
            String name = principal == null ? "" : " as " + LogText.quoted(principal);
            LOG.debug("{} of {}{}: {}", request, client.getHostAddress(), name, event);
        }
    }
}
