package dev.stacked.runtime.reconcile.http;

import java.io.IOException;
import java.time.Duration;

/** There was no complete answer within the time of an attempt. */
final class UpstreamTimeoutException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean connected;

    /** @param connected whether there was a connection by then */
    UpstreamTimeoutException(Duration time, boolean connected) {
        super("The upstream did not answer within " + time.toMillis() + " ms.");
        this.connected = connected;
    }

    boolean wasConnected() {
        return connected;
    }
}
