package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
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
        assertEquals("unknown host", Reasons.ofLost(new UnknownHostException(SECRET)));
        assertEquals("connection refused", Reasons.ofLost(new ConnectException(SECRET)));
        assertEquals("connect timeout", Reasons.ofLost(new UpstreamTimeoutException(Duration.ZERO, false)));
        assertEquals("no answer in time", Reasons.ofLost(new UpstreamTimeoutException(Duration.ZERO, true)));
        assertEquals("proxy: HTTP 407 Proxy Authentication Required", Reasons.ofLost(new ProxyRefusedException(407)));
        assertEquals("TLS failed", Reasons.ofLost(new SSLHandshakeException(SECRET)));
        assertEquals("connection lost", Reasons.ofLost(new IOException(SECRET)));
        assertEquals("not called", Reasons.ofLost(new IllegalStateException(SECRET)));
    }
}
