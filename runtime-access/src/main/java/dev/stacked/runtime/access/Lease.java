package dev.stacked.runtime.access;

import dev.stacked.runtime.core.EncodedEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The right to read a stream, which may expire or be revoked. The authorizer is called again at each heartbeat, and by a
 * timer if no heartbeat gets through, as to a client that reads nothing or is always behind. If the authorizer fails, it
 * is called the next time, and the stream goes on meanwhile, but never beyond its expiry.
 *
 * <p>Expiry is a time of day, so a pause of the process counts: a token that expired meanwhile permits nothing.
 */
final class Lease implements AccessWatch {
    private static final Duration MAX_UNASKED = Duration.ofSeconds(30);
    /** A timer must not fire before its time by the rounding of a clock. */
    private static final Duration MIN_TIMER = Duration.ofMillis(1);

    private final AuthorizerCalls authorizer;
    private final AccessRequest request;
    private final Clock clock;
    private final TimerExecutor thread;
    private @Nullable Instant expiry;
    private Instant askedAt;
    private boolean asking;
    private boolean over;
    private @Nullable Runnable revoked;
    private TimerExecutor.@Nullable Timer timer;

    Lease(
            AuthorizerCalls authorizer,
            AccessRequest request,
            @Nullable Instant expiry,
            Clock clock,
            TimerExecutor thread) {
        this.authorizer = authorizer;
        this.request = request;
        this.expiry = expiry;
        this.askedAt = clock.instant();
        this.clock = clock;
        this.thread = thread;
    }

    @Override
    public void start(Runnable onRevoked) {
        revoked = onRevoked;
        restartTimer();
    }

    @Override
    public boolean permits(@Nullable EncodedEvent next) {
        if (next != null && next.name().equals("heartbeat")) {
            ask();
        }
        return !over && !hasExpired();
    }

    private void ask() {
        askedAt = clock.instant();
        if (!asking) {
            asking = true;
            authorizer.ask(request, thread, this::answered);
        }
    }

    private void answered(Optional<Access> answer) {
        asking = false;
        answer.ifPresent(access -> {
            if (access instanceof Access.Allowed allowed) {
                renew(allowed.expiry());
            } else {
                over = true;
                revoke();
            }
        });
    }

    private void renew(@Nullable Instant newExpiry) {
        if (!Objects.equals(newExpiry, expiry)) {
            expiry = newExpiry;
            restartTimer();
        }
    }

    private boolean hasExpired() {
        return expiry != null && !clock.instant().isBefore(expiry);
    }

    private void restartTimer() {
        stopTimer();
        if (revoked != null) {
            Duration rest = Duration.between(clock.instant(), nextCheck()).plus(MIN_TIMER);
            timer = thread.executeAfter(rest.isNegative() ? Duration.ZERO : rest, this::due);
        }
    }

    private Instant nextCheck() {
        Instant question = askedAt.plus(MAX_UNASKED);
        return expiry != null && expiry.isBefore(question) ? expiry : question;
    }

    private void due() {
        if (hasExpired()) {
            revoke();
            return;
        }
        if (!clock.instant().isBefore(askedAt.plus(MAX_UNASKED))) {
            ask();
        }
        restartTimer();
    }

    private void revoke() {
        if (revoked != null) {
            revoked.run();
        }
    }

    @Override
    public void stop() {
        revoked = null;
        stopTimer();
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
