package dev.stacked.runtime.core;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A failed call to the upstream, with the code and message that clients receive. */
public final class ReconcileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An upstream's word must not keep a stack dark for longer. */
    private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(1);

    private final ErrorCode code;
    private final Duration retryAfter;
    private final @Nullable String reason;

    /**
     * A failure without more to say than its kind and a sentence.
     *
     * @param code what kind of failure it is
     * @param message one sentence for people; reaches clients, so it must not hold secrets
     */
    public ReconcileException(ErrorCode code, String message) {
        this(code, message, Duration.ZERO, null);
    }

    /**
     * A failure with all that is known of it.
     *
     * @param code what kind of failure it is
     * @param message one sentence for people; reaches clients, so it must not hold secrets
     * @param retryAfter how long the upstream asked not to be called for this again; zero if it did not ask. Of a
     *     longer time a minute counts
     * @param cause for logs only
     */
    public ReconcileException(ErrorCode code, String message, Duration retryAfter, @Nullable Throwable cause) {
        this(code, message, retryAfter, cause, null);
    }

    private ReconcileException(
            ErrorCode code, String message, Duration retryAfter, @Nullable Throwable cause, @Nullable String reason) {
        super(message, cause);
        this.code = code;
        this.retryAfter = clamped(retryAfter);
        this.reason = reason;
    }

    private static Duration clamped(Duration asked) {
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return Durations.shorter(asked, MAX_RETRY_AFTER);
    }

    /** The same failure under another code. */
    ReconcileException withCode(ErrorCode other) {
        return new ReconcileException(other, message(), retryAfter, this, reason);
    }

    /**
     * The same failure, with a reason for the log and for people who operate the server.
     *
     * @param words a few of them, such as {@code HTTP 401 Unauthorized}; never a part of what the upstream answered
     */
    public ReconcileException withReason(String words) {
        return new ReconcileException(code, message(), retryAfter, getCause(), words);
    }

    /** What kind of failure it is. */
    public ErrorCode code() {
        return code;
    }

    /** How long the upstream asked not to be called for this again; zero if it did not ask. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** The reason, in a few words that quote nothing of the upstream; empty if there is nothing to add to the code. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** One sentence for people. */
    public String message() {
        return Objects.requireNonNullElse(getMessage(), code.wireName());
    }
}
