package dev.stacked.runtime.access;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request is refused for a {@link RefusalReason}. Its message is one sentence for the client. */
public final class NotAdmittedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RefusalReason reason;
    private final @Nullable Duration retryAfter;
    private final @Nullable String challenge;

    private NotAdmittedException(
            RefusalReason reason, String message, @Nullable Duration retryAfter, @Nullable String challenge) {
        super(message, null, false, false); // an everyday answer, without a stack trace
        this.reason = reason;
        this.retryAfter = retryAfter;
        this.challenge = challenge;
    }

    /** Refused for now: the same request may be admitted after this time. */
    public static NotAdmittedException temporarily(RefusalReason reason, String message, Duration retryAfter) {
        return new NotAdmittedException(reason, message, retryAfter, null);
    }

    /** Refused until the client changes its request. */
    public static NotAdmittedException permanently(RefusalReason reason, String message) {
        return new NotAdmittedException(reason, message, null, null);
    }

    /** Refused since the authorizer does not know the client. */
    static NotAdmittedException unauthenticated(Access.Unauthenticated answer) {
        return new NotAdmittedException(RefusalReason.UNAUTHENTICATED, answer.message(), null, answer.challenge());
    }

    /** The reason, by which refusals are counted. */
    public RefusalReason reason() {
        return reason;
    }

    /** When the client should try again; empty if that does not help. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The value of {@code WWW-Authenticate}; present for {@link RefusalReason#UNAUTHENTICATED} only. */
    public Optional<String> challenge() {
        return Optional.ofNullable(challenge);
    }
}
