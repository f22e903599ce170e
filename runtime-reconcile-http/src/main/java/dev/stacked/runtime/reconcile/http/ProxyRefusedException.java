package dev.stacked.runtime.reconcile.http;

import java.io.IOException;

/** The proxy answered {@code CONNECT} with an error. */
final class ProxyRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    ProxyRefusedException(int status) {
        super("The proxy answered " + status + ".");
        this.status = status;
    }

    int status() {
        return status;
    }
}
