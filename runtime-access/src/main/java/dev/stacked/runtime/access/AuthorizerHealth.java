package dev.stacked.runtime.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs when the authorizer begins to fail and when it answers again: each once, and at most once a minute if it fails
 * for one client and answers the next. Thread-safe.
 */
final class AuthorizerHealth {
    private static final Logger LOG = LoggerFactory.getLogger(AuthorizerHealth.class);
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private final Clock clock;
    private Instant quietUntil = Instant.MIN;
    private volatile boolean warned;

    AuthorizerHealth(Clock clock) {
        this.clock = clock;
    }

    void answered() {
        if (warned) {
            recovered();
        }
    }

    private synchronized void recovered() {
        if (warned) {
            warned = false;
            LOG.info("Authorizer available again");
        }
    }

    /** @param failure the cause; null if the authorizer answered null */
    synchronized void failed(@Nullable Throwable failure) {
        Instant now = clock.instant();
        if (warned || now.isBefore(quietUntil)) {
            LOG.debug("Authorizer unavailable", failure);
            return;
        }
        warned = true;
        quietUntil = now.plus(BETWEEN_WARNINGS);
        LOG.warn("Authorizer unavailable; refusing new requests, keeping open streams: {}", reason(failure));
        LOG.debug("The authorizer failed with", failure);
    }

    /** The root cause, in one line. */
    private static String reason(@Nullable Throwable failure) {
        if (failure == null) {
            return "it answered null";
        }
        Throwable first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return first.toString();
    }
}
