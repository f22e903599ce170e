package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

final class ReasonsTest {
    private static final String SECRET = "https://user:secret@host/";

    @Test
    void statusIsNamedIfItIsKnown() {
        assertEquals("HTTP 401 Unauthorized", Reasons.ofStatus(401));
        assertEquals("HTTP 503 Service Unavailable", Reasons.ofStatus(503));
        assertEquals("HTTP 299", Reasons.ofStatus(299));
        assertEquals("HTTP 200 with an invalid body", Reasons.ofInvalid(200));
    }

    @Test
    void failureIsNamedByItsKindAndNotByItsMessage() {
        ConnectException unknown = new ConnectException(SECRET);
        unknown.initCause(new UnresolvedAddressException());

        assertEquals("unknown host", Reasons.ofLost(unknown));
        assertEquals("connection refused", Reasons.ofLost(new ConnectException(SECRET)));
        assertEquals("connect timeout", Reasons.ofLost(new HttpConnectTimeoutException(SECRET)));
        assertEquals("no answer in time", Reasons.ofLost(new HttpTimeoutException(SECRET)));
        assertEquals("TLS failed", Reasons.ofLost(new SSLHandshakeException(SECRET)));
        assertEquals("connection lost", Reasons.ofLost(new IOException(SECRET)));
        assertEquals("not called", Reasons.ofLost(new IllegalStateException(SECRET)));
    }
}
