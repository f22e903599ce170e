package dev.stacked.runtime.reconcile.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.HttpURLConnection;
import java.util.List;

/** A complete answer of the upstream. The body is never modified. */
record Answer(int status, HttpHeaders headers, Body body) {
    /** Whether it confirms an earlier answer. */
    boolean isConfirmation() {
        return status == HttpURLConnection.HTTP_NOT_MODIFIED;
    }

    /** All values of a header, whose name is compared without regard to case. */
    List<String> values(String header) {
        return headers.getAll(header);
    }
}
