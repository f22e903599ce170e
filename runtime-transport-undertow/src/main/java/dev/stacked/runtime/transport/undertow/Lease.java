package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.core.EncodedEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;

/**
 * The right to read a stream, which the authorizer may let run out or take back. It is asked again at each heartbeat; an
 * authorizer that fails then is asked at the next, and the stream goes on meanwhile, but never beyond its expiry.
 */
final class Lease implements AccessWatch {
    private static final Duration LONGEST_TIMER = Duration.ofDays(1);
    /** A timer must not fire before its time by the rounding of a clock. */
    private static final Duration SHORTEST_TIMER = Duration.ofMillis(1);

    private final AuthorizerCalls authorizer;
    private final AccessRequest request;
    private final Clock clock;
    private final XnioExecutor thread;
    private @Nullable Instant expiry;
    private boolean asking;
    private boolean over;
    private @Nullable Runnable revoked;
    private XnioExecutor.@Nullable Key timer;

    Lease(
            AuthorizerCalls authorizer,
            AccessRequest request,
            @Nullable Instant expiry,
            Clock clock,
            XnioExecutor thread) {
        this.authorizer = authorizer;
        this.request = request;
        this.expiry = expiry;
        this.clock = clock;
        this.thread = thread;
    }

    @Override
    public void start(Runnable onRevoked) {
        revoked = onRevoked;
        startTimer();
    }

    @Override
    public boolean permits(@Nullable EncodedEvent next) {
        if (next != null && next.name().equals("heartbeat") && !asking) {
            asking = true;
            authorizer.ask(request, thread, this::answered);
        }
        return !over && !hasExpired();
    }

    private void answered(Optional<Access> answer) {
        asking = false;
        answer.ifPresent(access -> {
            if (access instanceof Access.Allowed allowed) {
                renew(allowed.expiry());
            } else {
                over = true;
                tell();
            }
        });
    }

    private void renew(@Nullable Instant newExpiry) {
        if (newExpiry == null || !newExpiry.equals(expiry)) {
            stopTimer();
            expiry = newExpiry;
            startTimer();
        }
    }

    private boolean hasExpired() {
        return expiry != null && !clock.instant().isBefore(expiry);
    }

    private void startTimer() {
        if (expiry != null && revoked != null) {
            Duration rest = Duration.between(clock.instant(), expiry);
            Duration delay = rest.compareTo(LONGEST_TIMER) > 0 ? LONGEST_TIMER : rest.plus(SHORTEST_TIMER);
            timer = thread.executeAfter(this::due, Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
        }
    }

    private void due() {
        if (hasExpired()) {
            tell();
        } else {
            startTimer();
        }
    }

    private void tell() {
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
            timer.remove();
            timer = null;
        }
    }
}
