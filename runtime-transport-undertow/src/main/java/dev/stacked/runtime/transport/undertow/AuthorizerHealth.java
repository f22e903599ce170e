package dev.stacked.runtime.transport.undertow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs when the authorizer begins to fail and when it answers again: both once, and not more than once a minute where it
 * fails for one client and answers the next. Thread-safe.
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
            LOG.info("The authorizer answers again");
        }
    }

    /** @param failure what it failed with; null if it answered nothing */
    synchronized void failed(@Nullable Throwable failure) {
        Instant now = clock.instant();
        if (warned || now.isBefore(quietUntil)) {
            LOG.debug("The authorizer fails", failure);
            return;
        }
        warned = true;
        quietUntil = now.plus(BETWEEN_WARNINGS);
        LOG.warn("The authorizer fails, so that who comes is refused and who is there stays: {}", reason(failure));
        LOG.debug("It failed with", failure);
    }

    /** The first that went wrong, in one line. */
    private static String reason(@Nullable Throwable failure) {
        if (failure == null) {
            return "it answered nothing";
        }
        Throwable first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return first.toString();
    }
}
